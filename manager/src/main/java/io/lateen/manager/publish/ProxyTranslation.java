package io.lateen.manager.publish;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.translate.ProxyConfiguration;

/** The translation, as a function of all its inputs. Pure; called from many threads. */
@FunctionalInterface
public interface ProxyTranslation {

    /** What {@code proxy} is to have in force at {@code snapshot}. */
    ProxyConfiguration translate(MeshSnapshot snapshot, Proxy proxy);
}
