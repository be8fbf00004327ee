package io.lateen.portal;

import io.lateen.portal.account.AccountConfiguration;
import io.lateen.portal.address.AddressConfiguration;
import io.lateen.portal.audit.AuditConfiguration;
import io.lateen.portal.backend.BackendConfiguration;
import io.lateen.portal.door.DoorConfiguration;
import io.lateen.portal.events.EventsConfiguration;
import io.lateen.portal.graph.GraphConfiguration;
import io.lateen.portal.mesh.MeshConfiguration;
import io.lateen.portal.oidc.OidcConfiguration;
import io.lateen.portal.overview.OverviewConfiguration;
import io.lateen.portal.page.PageConfiguration;
import io.lateen.portal.problem.ProblemConfiguration;
import io.lateen.portal.relay.RelayConfiguration;
import io.lateen.portal.secret.SecretConfiguration;
import io.lateen.portal.services.ServicesConfiguration;
import io.lateen.portal.session.SessionConfiguration;
import io.lateen.portal.store.StoreConfiguration;
import io.lateen.portal.token.TokenConfiguration;
import io.lateen.portal.users.UsersConfiguration;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * What the portal is made of: one configuration class per feature, listed here, and nothing found
 * by scanning.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    StoreConfiguration.class,
    SecretConfiguration.class,
    AddressConfiguration.class,
    ProblemConfiguration.class,
    AuditConfiguration.class,
    AccountConfiguration.class,
    SessionConfiguration.class,
    UsersConfiguration.class,
    OidcConfiguration.class,
    DoorConfiguration.class,
    TokenConfiguration.class,
    BackendConfiguration.class,
    RelayConfiguration.class,
    MeshConfiguration.class,
    OverviewConfiguration.class,
    ServicesConfiguration.class,
    GraphConfiguration.class,
    EventsConfiguration.class,
    PageConfiguration.class
})
public class PortalConfiguration {

    /** The one clock; tests bring their own. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
