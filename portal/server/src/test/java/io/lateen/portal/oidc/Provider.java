package io.lateen.portal.oidc;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An OpenID Connect provider: Spring Authorization Server, with its own sign-in page. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.cloud.gateway.config.GatewayClassPathWarningAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
public class Provider {
    /** The portal's id there. */
    static final String CLIENT = "lateen";

    /** The portal's secret there. */
    static final String SECRET = "of-the-client";

    /** Everybody's password. */
    static final String PASSWORD = "at the provider";

    private static final Map<String, List<String>> GROUPS =
            Map.of("alice", List.of("shop-team", "staff"), "bob", List.of("staff"));

    /** Starts one that knows a portal. */
    static ConfigurableApplicationContext start(String portal) {
        return new SpringApplicationBuilder(Provider.class)
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=provider",
                        "--server.port=0",
                        "--spring.cloud.gateway.server.webflux.enabled=false",
                        "--server.servlet.session.cookie.name=PROVIDER",
                        "--logging.level.root=warn",
                        "--provider.portal=" + portal);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .build();
    }

    @Bean
    RegisteredClientRepository clients(
            @org.springframework.beans.factory.annotation.Value("${provider.portal}")
                    String portal) {
        return new InMemoryRegisteredClientRepository(
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId(CLIENT)
                        .clientSecret("{noop}" + SECRET)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri(portal + "/login/oauth2/code/oidc")
                        .scope(OidcScopes.OPENID)
                        .scope(OidcScopes.PROFILE)
                        .scope(OidcScopes.EMAIL)
                        .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                        .build());
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                GROUPS.keySet().stream()
                        .map(
                                name ->
                                        User.withUsername(name)
                                                .password("{noop}" + PASSWORD)
                                                .roles("USER")
                                                .build())
                        .toList());
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> groups() {
        return context -> {
            if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
                Authentication principal = context.getPrincipal();
                String name = Objects.requireNonNull(principal, "who signs in").getName();
                context.getClaims().claim("groups", GROUPS.getOrDefault(name, List.of()));
                context.getClaims().claim("preferred_username", name);
            }
        };
    }
}
