package io.lateen.manager.translate.security;

/** What a policy can see of a call. */
enum Layer {
    /** Requests, with their heads. */
    REQUESTS,
    /** Connections of unknown content. */
    CONNECTIONS
}
