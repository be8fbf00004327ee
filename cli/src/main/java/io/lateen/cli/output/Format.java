package io.lateen.cli.output;

/** How an answer is printed. */
public enum Format {
    /** Columns, for people. */
    table,
    /** One JSON document. */
    json,
    /** One YAML document. */
    yaml
}
