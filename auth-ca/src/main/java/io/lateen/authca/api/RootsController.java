package io.lateen.authca.api;

import io.lateen.authca.authority.Authority;
import io.lateen.identity.Pem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /lateen/v1/roots}: whose word the mesh takes. */
@RestController
final class RootsController {

    static final String PATH = "/lateen/v1/roots";

    private final Authority authority;

    RootsController(Authority authority) {
        this.authority = authority;
    }

    @GetMapping(path = PATH, produces = "application/x-pem-file")
    String roots() {
        return Pem.write(authority.roots());
    }
}
