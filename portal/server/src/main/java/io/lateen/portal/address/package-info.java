/** Where browsers find the portal, and what follows from it for cookies and origins. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.address;
