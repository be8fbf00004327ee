@org.jspecify.annotations.NullMarked
package io.lateen.manager.translate.security;
