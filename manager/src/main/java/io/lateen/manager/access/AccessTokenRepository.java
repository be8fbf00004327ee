package io.lateen.manager.access;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The tokens that are accepted. Blocking. */
public interface AccessTokenRepository extends Repository<AccessToken, String> {

    /** The token with this hash. */
    Optional<AccessToken> findByHash(String hash);

    /** Adds a token. */
    AccessToken save(AccessToken token);
}
