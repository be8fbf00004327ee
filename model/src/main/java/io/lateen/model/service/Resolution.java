package io.lateen.model.service;

/** How the addresses behind a service are found. */
public enum Resolution {
    /** The connection goes where the client dialled. */
    NONE,
    /** The endpoints are listed. */
    STATIC,
    /** The name is looked up; every address found is an endpoint. */
    DNS,
    /** The name is looked up; each new connection takes the first address found. */
    DNS_ROUND_ROBIN,
    /** The name in the request is looked up, for wildcard hosts. */
    DYNAMIC_DNS
}
