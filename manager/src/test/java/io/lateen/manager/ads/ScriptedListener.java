package io.lateen.manager.ads;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a sequencer tells. */
final class ScriptedListener implements PushListener {

    final List<Long> inForce = new ArrayList<>();
    final List<String> rejections = new ArrayList<>();
    long endpointsKnown = -1;
    final List<ResourceType> stuck = new ArrayList<>();

    @Override
    public void sent(ResourceType type, int resources, long bytes) {}

    @Override
    public void accepted(ResourceType type) {}

    @Override
    public void rejected(ResourceType type, Rejection rejection) {
        rejections.add(type.shortName() + ": " + rejection.message());
    }

    @Override
    public void inForce(Push push) {
        if (inForce.isEmpty() || inForce.getLast() != push.revision()) {
            inForce.add(push.revision());
        }
    }

    @Override
    public void endpointsKnown(Push push) {
        endpointsKnown = push.serial();
    }

    @Override
    public void unresponsive(ResourceType type) {
        stuck.add(type);
    }
}
