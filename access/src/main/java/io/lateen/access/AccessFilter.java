package io.lateen.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request through when its token is known and its role covers what the policy asks of the
 * path, and attaches {@link Caller} and {@link RequestId}. Answers 401 or 403 as Kubernetes' {@code
 * Status} otherwise.
 */
final class AccessFilter extends OncePerRequestFilter {
    private final AccessPolicy policy;
    private final Credentials credentials;

    AccessFilter(AccessPolicy policy, Credentials credentials) {
        this.policy = policy;
        this.credentials = credentials;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(RequestId.HEADER, RequestId.attachTo(request));
        Optional<Role> needed = policy.needed(request.getMethod(), request.getRequestURI());
        if (needed.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<String> token = PresentedToken.in(request.getHeader("Authorization"));
        if (token.isEmpty()) {
            FailureStatus.unauthorized(
                    response,
                    "found no token; send 'Authorization: Bearer <token>', the"
                            + " administrator's is in <state-directory>/admin-token");
            return;
        }
        switch (credentials.recognise(token.get())) {
            case Recognition.Refused(String why) -> FailureStatus.unauthorized(response, why);
            case Recognition.Known(Caller caller) when !caller.maySomewhere(needed.get()) ->
                    FailureStatus.forbidden(
                            response,
                            caller.found()
                                    + ", expected "
                                    + needed.get().word()
                                    + " or more to "
                                    + request.getMethod()
                                    + " "
                                    + request.getRequestURI());
            case Recognition.Known(Caller caller) -> {
                caller.attachTo(request);
                chain.doFilter(request, response);
            }
        }
    }
}
