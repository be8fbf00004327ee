package io.lateen.sidecar.exchange;

/** One thing that a request is counted by: what it is, and what it is here. */
public record QuotaEntry(String key, String value) {}
