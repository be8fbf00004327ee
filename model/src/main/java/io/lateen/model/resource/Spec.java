package io.lateen.model.resource;

/** What a resource says, by kind. */
public sealed interface Spec
        permits VirtualService,
                DestinationRule,
                ServiceEntry,
                WorkloadEntry,
                Gateway,
                PeerAuthentication,
                AuthorizationPolicy,
                RateLimit {}
