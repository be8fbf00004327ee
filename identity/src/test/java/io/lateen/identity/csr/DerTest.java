package io.lateen.identity.csr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 16_777_216})
    void writesLengthsThatOthersRead(int length) throws IOException {
        byte[] content = new byte[length];

        ASN1OctetString read =
                (ASN1OctetString) ASN1Primitive.fromByteArray(Der.octetString(content));

        assertThat(read.getOctets()).hasSize(length);
        assertThat(read.getEncoded("DER")).isEqualTo(Der.octetString(content));
    }

    @Test
    void writesIdentifiersThatOthersRead() {
        assertThat(ASN1ObjectIdentifier.getInstance(Der.objectIdentifier(1, 2, 840, 113549, 1)))
                .hasToString("1.2.840.113549.1");
        assertThat(ASN1ObjectIdentifier.getInstance(Der.objectIdentifier(2, 5, 0, 127, 128, 16384)))
                .hasToString("2.5.0.127.128.16384");
        assertThat(ASN1ObjectIdentifier.getInstance(Der.objectIdentifier(2, 999, 2147483647)))
                .hasToString("2.999.2147483647");
    }

    @Test
    void writesBitsThatOthersRead() throws IOException {
        ASN1BitString read =
                (ASN1BitString) ASN1Primitive.fromByteArray(Der.bitString(new byte[] {1, 2}));

        assertThat(read.getOctets()).containsExactly(1, 2);
        assertThat(read.getPadBits()).isZero();
    }
}
