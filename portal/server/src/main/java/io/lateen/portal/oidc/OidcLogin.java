package io.lateen.portal.oidc;

import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/** The sign-in at the provider, to be added to the chain of the door. */
public final class OidcLogin {
    private final ReactiveClientRegistrationRepository registrations;
    private final OidcRequests requests;
    private final OidcArrival arrival;

    OidcLogin(
            ReactiveClientRegistrationRepository registrations,
            OidcRequests requests,
            OidcArrival arrival) {
        this.registrations = registrations;
        this.requests = requests;
        this.arrival = arrival;
    }

    /** Adds it. */
    public void addTo(ServerHttpSecurity http) {
        http.oauth2Login(
                login ->
                        login.clientRegistrationRepository(registrations)
                                .authorizedClientRepository(new KeepNothing())
                                .authorizationRequestRepository(requests)
                                // Sessions are ours: started on arrival, from what the provider
                                // said.
                                .securityContextRepository(
                                        NoOpServerSecurityContextRepository.getInstance())
                                .authenticationSuccessHandler(arrival)
                                .authenticationFailureHandler(arrival));
    }
}
