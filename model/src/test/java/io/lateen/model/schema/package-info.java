/** What the schema package promises, shown. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.schema;
