/**
 * What the commands print: documents as JSON or YAML, rows as a table, and a little colour where a
 * person is looking. Pure, but for {@link io.lateen.cli.output.Console}, which is where it goes.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.output;
