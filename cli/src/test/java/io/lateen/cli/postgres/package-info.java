/** Tests with PostgreSQL's own server, as whoever runs them: root too. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.postgres;
