package io.lateen.portal.relay;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.http.client.PrematureCloseException;

/** Says in a few words why a backend did not answer: no address of ours, no class names. */
final class Failures {
    private Failures() {}

    static String found(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            switch (at) {
                case ConnectTimeoutException _ -> {
                    return "the connection was not taken in time";
                }
                case ConnectException _ -> {
                    return "the connection was refused";
                }
                case UnknownHostException _ -> {
                    return "its host is not known";
                }
                case PrematureCloseException _ -> {
                    return "it closed the connection before it answered";
                }
                case TimeoutException _ -> {
                    return "it did not answer in time";
                }
                case ResponseStatusException status
                        when status.getStatusCode().value()
                                == HttpStatus.GATEWAY_TIMEOUT.value() -> {
                    return "it did not answer in time";
                }
                default -> {}
            }
        }
        return "the connection broke";
    }
}
