package io.lateen.sidecar.ads;

import java.util.List;

/** Told how the stream to the manager is doing. On the configuration thread. */
public interface AdsListener {

    /** A stream is open. */
    void connected(String manager);

    /** It ended, or could not be opened; another manager is tried. */
    void disconnected(String manager, String reason);

    /** An update was taken over, all or in part. */
    void received(ConfigurationUpdate update, List<Rejection> rejections);
}
