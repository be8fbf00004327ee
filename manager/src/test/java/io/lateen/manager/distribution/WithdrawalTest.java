package io.lateen.manager.distribution;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.registry.SidecarRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checklist E31: when a workload that leaves is told that nobody calls it any more. */
final class WithdrawalTest {

    private static final String ENDPOINTS = "outbound|9080||echo.default.svc.cluster.local";

    private final AtomicBoolean alone = new AtomicBoolean(true);
    private final Fleet fleet = new Fleet("manager-1");
    private final StraightLine manager =
            new StraightLine(fleet, List.of(new SidecarRegistry(fleet)), alone::get);
    private final SocketProxy leaving = new SocketProxy("echo-1", "127.0.1.3");
    private final SocketProxy staying = new SocketProxy("echo-2", "127.0.1.4");

    @BeforeEach
    void bothAreThere() {
        leaving.connect(manager.port()).healthy();
        staying.connect(manager.port()).healthy();
        eventually(() -> assertThat(staying.holdsHealthy(ENDPOINTS)).isTrue());
        eventually(() -> assertThat(leaving.holdsHealthy(ENDPOINTS)).isTrue());
    }

    @AfterEach
    void stop() {
        leaving.close();
        staying.close();
        manager.close();
    }

    @Test
    void itIsToldWhenAllOthersHaveAcknowledged() {
        staying.ponder(response -> response.getTypeUrl().equals(SocketProxy.EDS));

        leaving.leave();

        eventually(() -> assertThat(staying.unanswered()).isOne());
        // Nobody else is asked: what is left is that the one that ponders has not answered.
        assertThat(leaving.hasLeft()).isFalse();
        staying.answer();
        eventually(() -> assertThat(leaving.hasLeft()).isTrue());
    }

    @Test
    void whoGoesAwayMeanwhileIsNotWaitedFor() {
        staying.ponder(response -> response.getTypeUrl().equals(SocketProxy.EDS));
        leaving.leave();
        eventually(() -> assertThat(staying.unanswered()).isOne());

        staying.close();

        eventually(() -> assertThat(leaving.hasLeft()).isTrue());
    }

    @Test
    void itIsToldAtOnceWhenThereIsNobodyElse() {
        staying.stop();
        eventually(() -> assertThat(fleet.members()).hasSize(1));

        leaving.leave();

        eventually(() -> assertThat(leaving.hasLeft()).isTrue());
    }

    @Test
    void nothingIsPromisedForSidecarsOfOtherManagers() {
        alone.set(false);

        leaving.leave();

        eventually(() -> assertThat(staying.holdsHealthy(ENDPOINTS)).isFalse());
        assertThat(leaving.hasLeft()).isFalse();
        // It asks again with each heartbeat, and once they are here it is told.
        alone.set(true);
        leaving.leave();
        eventually(() -> assertThat(leaving.hasLeft()).isTrue());
    }
}
