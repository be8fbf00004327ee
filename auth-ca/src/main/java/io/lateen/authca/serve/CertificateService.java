package io.lateen.authca.serve;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.lateen.authca.issue.Issuing;
import io.lateen.authca.issue.Outcome;
import io.lateen.authca.kubernetes.ClusterUnavailable;
import io.lateen.identity.Pem;
import io.lateen.identity.ca.CertificateProtocol;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.identity.ca.CertificateProtocol.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** {@code istio.v1.auth.IstioCertificateService}. */
final class CertificateService implements BindableService {

    private static final Logger log = LoggerFactory.getLogger(CertificateService.class);

    private final Issuing issuing;
    private final AccountAttestation accounts;

    CertificateService(Issuing issuing, AccountAttestation accounts) {
        this.issuing = issuing;
        this.accounts = accounts;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(CertificateProtocol.SERVICE)
                .addMethod(
                        CertificateProtocol.CREATE_CERTIFICATE,
                        ServerCalls.asyncUnaryCall(this::createCertificate))
                .build();
    }

    private void createCertificate(Request request, StreamObserver<Response> out) {
        CallFacts facts = CallFacts.current();
        try {
            Outcome outcome =
                    issuing.issue(
                            new Issuing.Wish(
                                    accounts.attest(facts.credential()),
                                    request.csr(),
                                    Duration.ofSeconds(request.validitySeconds()),
                                    request.metadata().getFieldsMap().keySet(),
                                    facts.from()));
            switch (outcome) {
                case Outcome.Issued issued -> {
                    out.onNext(new Response(chain(issued)));
                    out.onCompleted();
                }
                case Outcome.Refused(Outcome.Why why, String reason) ->
                        out.onError(status(why).withDescription(reason).asRuntimeException());
            }
        } catch (ClusterUnavailable e) {
            log.warn("The cluster could not be asked whose a token is.", e);
            out.onError(
                    Status.UNAVAILABLE
                            .withDescription(
                                    "service account token: the cluster cannot say whose it is now;"
                                            + " ask again")
                            .asRuntimeException());
        } catch (DataAccessException | TransactionException e) {
            log.warn("The database did not answer a request for a certificate.", e);
            out.onError(
                    Status.UNAVAILABLE
                            .withDescription(
                                    "the authority's database does not answer; nothing is issued"
                                            + " that is not on record")
                            .asRuntimeException());
        }
    }

    private static List<String> chain(Outcome.Issued issued) {
        List<String> chain = new ArrayList<>();
        chain.add(Pem.write(issued.leaf()));
        // The root that signed comes last, as Istio has it.
        chain.add(Pem.write(issued.roots().getFirst()));
        return chain;
    }

    private static Status status(Outcome.Why why) {
        return switch (why) {
            case NOT_AUTHENTICATED -> Status.UNAUTHENTICATED;
            case FOREIGN_IDENTITY -> Status.PERMISSION_DENIED;
            case NOT_READABLE, NOT_SIGNABLE -> Status.INVALID_ARGUMENT;
        };
    }
}
