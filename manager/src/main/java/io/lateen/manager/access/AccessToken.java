package io.lateen.manager.access;

import io.lateen.access.Caller;
import io.lateen.access.Grant;
import io.lateen.access.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A token that is accepted, as the database knows it: by its hash. */
@Entity
@Table(name = "access_token")
@SuppressWarnings("NullAway.Init") // filled by JPA before anybody sees it
public class AccessToken {
    @Id private String hash;

    private String actor;

    @Enumerated(EnumType.STRING)
    private Role role;

    private Instant created;

    /** For JPA. */
    protected AccessToken() {}

    AccessToken(String hash, Caller caller, Instant created) {
        List<Grant> grants = caller.grants();
        if (grants.size() != 1 || !grants.getFirst().isEverywhere()) {
            throw new IllegalArgumentException(
                    caller.found() + ", expected one role everywhere to keep");
        }
        this.hash = hash;
        this.actor = caller.actor();
        this.role = grants.getFirst().role();
        this.created = created;
    }

    /** SHA-256 of the token, in hexadecimal. */
    public String hash() {
        return hash;
    }

    /** Since when it is accepted. */
    public Instant created() {
        return created;
    }

    /** Whose it is. */
    public Caller caller() {
        return new Caller(actor, role);
    }
}
