package io.lateen.start;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An address cannot be listened on. */
public final class UnusableAddress extends StartRefused {
    private static final long serialVersionUID = 1L;

    /**
     * One that listening failed on, or that nobody may listen on.
     *
     * @param sentence for the user
     * @param cause null where it was not tried
     */
    public UnusableAddress(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /**
     * One that listening failed on.
     *
     * @param settings the settings that it comes from: {@code --lateen.grpc-address,
     *     --lateen.grpc-port}
     */
    public static UnusableAddress of(
            String settings, InetSocketAddress address, @Nullable Throwable cause) {
        return new UnusableAddress(
                settings
                        + ": cannot listen on "
                        + address
                        + ", expected a free port on an address of this machine; stop what"
                        + " listens there, or choose another.",
                cause);
    }
}
