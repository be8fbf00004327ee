package io.lateen.sidecar.upstream;

import io.lateen.sidecar.overload.Room;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What carrying traffic needs to know beside the plan.
 *
 * @param reasonHeader whether answers of our own carry {@code x-lateen-reason}
 * @param serverName value of the {@code Server} header of our own answers where a listener names
 *     none
 * @param overwriteServer whether it replaces the {@code Server} header of others' answers, as
 *     Istio's gateways do
 * @param allowHttp10 whether HTTP/1.0 is answered on ports declared as HTTP, rather than with 426
 * @param room what is taken before more is refused
 * @param identity what this sidecar tells its peers about itself; null for nothing
 * @param nanos a clock that only counts, in nanoseconds
 * @param millis the time of day, in milliseconds since the epoch
 * @param random a source per event loop
 */
@SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
public record Settings(
        boolean reasonHeader,
        byte[] serverName,
        boolean overwriteServer,
        boolean allowHttp10,
        Room room,
        @Nullable Identity identity,
        LongSupplier nanos,
        LongSupplier millis,
        RandomGenerator.SplittableGenerator random) {

    /**
     * The values of {@code x-envoy-peer-metadata-id} and {@code x-envoy-peer-metadata}.
     *
     * @param id the node's id
     * @param metadata base64 of a protobuf Struct
     */
    @SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
    public record Identity(byte[] id, byte[] metadata) {}
}
