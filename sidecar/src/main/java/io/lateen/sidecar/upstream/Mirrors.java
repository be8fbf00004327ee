package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.plan.MirrorPlan;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The copies of one request. Whatever becomes of them, the request itself does not notice. */
final class Mirrors {
    private final List<MirrorCopy> copies;

    private Mirrors(List<MirrorCopy> copies) {
        this.copies = copies;
    }

    /** Starts the copies that fall to this request; null when there are none. */
    static @Nullable Mirrors of(
            Worker worker, Forwarding of, List<MirrorPlan> plans, boolean framed) {
        List<MirrorCopy> copies = new ArrayList<>(plans.size());
        for (MirrorPlan plan : plans) {
            if (worker.random().nextInt(1_000_000) < plan.perMillion()) {
                ClusterPool cluster = worker.clusters().pool(of.plan(), plan.cluster());
                if (cluster != null) {
                    MirrorCopy copy = new MirrorCopy(worker, cluster, of, framed);
                    copies.add(copy);
                    copy.start();
                }
            }
        }
        return copies.isEmpty() ? null : new Mirrors(copies);
    }

    void body(ByteBuf data, boolean end) {
        for (MirrorCopy copy : copies) {
            copy.body(data.retainedDuplicate(), end);
        }
    }

    void trailers(Fields trailers) {
        for (MirrorCopy copy : copies) {
            copy.trailers(trailers);
        }
    }

    /** The request is over; a copy that has been sent whole may end by itself. */
    void end(boolean requestComplete) {
        if (!requestComplete) {
            copies.forEach(MirrorCopy::cancel);
        }
    }
}
