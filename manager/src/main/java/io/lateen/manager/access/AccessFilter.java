package io.lateen.manager.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a request through when its token is known and its role covers what it wants to do: {@link
 * Role#VIEWER} to read, {@link Role#OPERATOR} to write. Answers 401 or 403 as Kubernetes' {@code
 * Status} otherwise.
 */
final class AccessFilter extends OncePerRequestFilter {
    /** They say nothing about the mesh, and clients ask for them before they log in. */
    private static final Set<String> OPEN = Set.of("/version", "/livez", "/readyz", "/healthz");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Tokens tokens;

    AccessFilter(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return OPEN.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> token = PresentedToken.in(request.getHeader("Authorization"));
        if (token.isEmpty()) {
            unauthorized(
                    response,
                    "found no token; send 'Authorization: Bearer <token>', the"
                            + " administrator's is in <state-directory>/admin-token");
            return;
        }
        Optional<Caller> caller = tokens.recognise(token.get());
        if (caller.isEmpty()) {
            unauthorized(response, "the token is not known here");
            return;
        }
        Role needed = READING.contains(request.getMethod()) ? Role.VIEWER : Role.OPERATOR;
        if (!caller.get().role().covers(needed)) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Forbidden",
                    caller.get().actor()
                            + " has the role "
                            + caller.get().role()
                            + ", expected "
                            + needed
                            + " or more to "
                            + request.getMethod()
                            + " "
                            + request.getRequestURI());
            return;
        }
        caller.get().attachTo(request);
        chain.doFilter(request, response);
    }

    private static void unauthorized(HttpServletResponse response, String message)
            throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized", message);
    }

    private static void refuse(
            HttpServletResponse response, int code, String reason, String message)
            throws IOException {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        status.put("reason", reason).put("code", code);
        response.setStatus(code);
        response.setContentType("application/json");
        response.getOutputStream().write(status.toString().getBytes(StandardCharsets.UTF_8));
    }
}
