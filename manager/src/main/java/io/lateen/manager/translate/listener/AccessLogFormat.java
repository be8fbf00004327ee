package io.lateen.manager.translate.listener;

/** How every proxy writes its access log, unless the proxy itself is told otherwise. */
public enum AccessLogFormat {
    /** Not at all: Istio's default. */
    OFF,
    /** One line of text. */
    TEXT,
    /** One object of JSON. */
    JSON
}
