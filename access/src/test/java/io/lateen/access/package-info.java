@org.jspecify.annotations.NullMarked
package io.lateen.access;
