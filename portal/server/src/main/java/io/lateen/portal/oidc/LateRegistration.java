package io.lateen.portal.oidc;

import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.store.Blocking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import reactor.core.publisher.Mono;

/**
 * The one provider, whose metadata are read when somebody first signs in: a provider that is away
 * does not keep the portal from starting. Thread-safe.
 */
final class LateRegistration implements ReactiveClientRegistrationRepository {
    /** The registration's id, which stands in the paths. */
    static final String ID = "oidc";

    private final OidcSettings settings;
    private final PublicAddress address;
    private final Blocking blocking;
    private final AtomicReference<@Nullable ClientRegistration> found = new AtomicReference<>();

    LateRegistration(OidcSettings settings, PublicAddress address, Blocking blocking) {
        this.settings = settings;
        this.address = address;
        this.blocking = blocking;
    }

    @Override
    public Mono<ClientRegistration> findByRegistrationId(String id) {
        return id.equals(ID) ? blocking.call(this::registration) : Mono.empty();
    }

    private ClientRegistration registration() {
        ClientRegistration known = found.get();
        if (known != null) {
            return known;
        }
        Set<String> scopes = new LinkedHashSet<>(List.of("openid"));
        scopes.addAll(settings.scopes());
        String secret = secret();
        ClientRegistration.Builder builder =
                ClientRegistrations.fromIssuerLocation(settings.issuer())
                        .registrationId(ID)
                        .clientId(settings.clientId())
                        .clientName(settings.name())
                        .scope(scopes)
                        // From the settings, never from a Host header.
                        .redirectUri(address.origin() + "/login/oauth2/code/" + ID)
                        .clientSettings(
                                ClientRegistration.ClientSettings.builder()
                                        .requireProofKey(true)
                                        .build());
        if (secret.isEmpty()) {
            builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
        } else {
            builder.clientSecret(secret);
        }
        ClientRegistration registration = builder.build();
        found.set(registration);
        return registration;
    }

    private String secret() {
        Path file = settings.clientSecretFile();
        if (file == null) {
            return settings.clientSecret();
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "lateen.portal.oidc.client-secret-file: " + file + " cannot be read", e);
        }
    }
}
