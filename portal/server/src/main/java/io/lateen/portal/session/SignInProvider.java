package io.lateen.portal.session;

/**
 * Somewhere else to sign in.
 *
 * @param name what to write on the button
 * @param href where the button leads; takes {@code ?return=/path}
 */
public record SignInProvider(String name, String href) {}
