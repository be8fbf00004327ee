package io.lateen.manager.translate.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.lateen.model.resource.Percent;

/** Single values as Envoy's messages write them. */
public final class Words {

    /** The cluster that every proxy reports to and asks about quota. */
    public static final String MIXER = "lateen-mixer";

    /** No limit, where Envoy's own default would be one. */
    public static final UInt32Value UNLIMITED = UInt32Value.of(-1);

    /** Configuration that comes over the same aggregated stream. */
    public static final ConfigSource ADS =
            ConfigSource.newBuilder()
                    .setAds(AggregatedConfigSource.getDefaultInstance())
                    .setInitialFetchTimeout(Duration.getDefaultInstance())
                    .setResourceApiVersion(ApiVersion.V3)
                    .build();

    private static final String UNIX = "unix://";

    private Words() {}

    /** A duration. */
    public static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    /**
     * A TCP address, of which the port 0 is written too; or the path of a socket of the machine
     * that a proxy is on, which has no port.
     *
     * @param ip an IP address, a name, or {@code unix://} with a path
     */
    public static Address address(String ip, int port) {
        if (ip.startsWith(UNIX)) {
            return Address.newBuilder()
                    .setPipe(Pipe.newBuilder().setPath(ip.substring(UNIX.length())))
                    .build();
        }
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip).setPortValue(port))
                .build();
    }

    /** A wrapped true. */
    public static BoolValue yes() {
        return BoolValue.of(true);
    }

    /** A wrapped false. */
    public static BoolValue no() {
        return BoolValue.of(false);
    }

    /** A share, with Istio's precision of a ten-thousandth of one per cent. */
    public static FractionalPercent share(Percent percent) {
        return FractionalPercent.newBuilder()
                .setNumerator(percent.partsPerMillion())
                .setDenominator(FractionalPercent.DenominatorType.MILLION)
                .build();
    }
}
