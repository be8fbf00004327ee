package io.lateen.portal.address;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the portal is.
 *
 * @param publicUrl {@code --lateen.portal.public-url}: as browsers know it; plain http on loopback
 *     alone
 */
@ConfigurationProperties("lateen.portal")
public record AddressSettings(@DefaultValue("http://127.0.0.1:8080") URI publicUrl) {}
