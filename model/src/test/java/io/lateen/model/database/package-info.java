@org.jspecify.annotations.NullMarked
package io.lateen.model.database;
