package dev.tandem.certificate;

import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// What a site's CA may sign for: its "name constraints" (RFC 5280, section 4.2.1.10). People
/// install a CA to reach one site; whoever stole its key could be any server of the world to them.
///
/// A whole certificate is refused when one name in it is not permitted. So addresses are permitted
/// by subnet, and a balancer that comes changes nothing for clients.
///
/// What balancers check web servers against is the same CA without such limits: it is on balancers
/// only, so a web server that comes changes nothing for clients either.
///
/// @param names the names by which clients ask for the site; each with all below it
/// @param subnets those in which the site has addresses
record Scope(List<String> names, List<Subnet> subnets) {
    /// A name that no server has (RFC 6761, section 6.4).
    private static final String NO_NAME = "invalid";

    Scope {
        names = List.copyOf(names);
        subnets = List.copyOf(subnets);
    }

    /// What a site needs.
    static Scope of(Site site) {
        Set<String> names = new LinkedHashSet<>();
        site.tls().names().forEach(name -> names.add(name.replaceFirst("^\\*\\.", "")));
        return new Scope(List.copyOf(names), site.subnets());
    }

    NameConstraints extension() {
        List<GeneralSubtree> all = new ArrayList<>();
        // With no name at all in it a list would permit every name.
        for (String name : names.isEmpty() ? List.of(NO_NAME) : names) {
            all.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, name)));
        }
        for (Subnet subnet : subnets) {
            all.add(
                    new GeneralSubtree(
                            new GeneralName(
                                    GeneralName.iPAddress, new DEROctetString(bytes(subnet)))));
        }
        return new NameConstraints(all.toArray(GeneralSubtree[]::new), null);
    }

    /// Whether an authority may sign for anything.
    static boolean isUnlimited(X509Certificate authority) {
        return authority.getExtensionValue(Extension.nameConstraints.getId()) == null;
    }

    /// What the site needs and an authority may not sign for.
    List<String> lacks(X509Certificate authority) {
        Set<String> permitted = permitted(authority);
        List<String> lack = new ArrayList<>(names);
        lack.removeIf(name ->
                permitted.stream().anyMatch(one -> name.equals(one) || name.endsWith("." + one)));
        subnets.stream()
                .filter(subnet -> !permitted.contains(HexFormat.of().formatHex(bytes(subnet))))
                .forEach(subnet -> lack.add(subnet.toString()));
        return lack;
    }

    /// Names as they are, subnets in hexadecimal digits.
    private static Set<String> permitted(X509Certificate authority) {
        byte[] value = authority.getExtensionValue(Extension.nameConstraints.getId());
        Set<String> permitted = new LinkedHashSet<>();
        try {
            NameConstraints limits =
                    NameConstraints.getInstance(JcaX509ExtensionUtils.parseExtensionValue(value));
            for (GeneralSubtree one : limits.getPermittedSubtrees()) {
                GeneralName base = one.getBase();
                if (base.getTagNo() == GeneralName.dNSName) {
                    permitted.add(((ASN1String) base.getName()).getString());
                } else if (base.getTagNo() == GeneralName.iPAddress) {
                    byte[] bytes = ASN1OctetString.getInstance(base.getName()).getOctets();
                    permitted.add(HexFormat.of().formatHex(bytes));
                }
            }
            return permitted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Address and mask.
    private static byte[] bytes(Subnet subnet) {
        int mask = -1 << (32 - subnet.prefix());
        byte[] bytes = new byte[8];
        put(bytes, 0, subnet.base().bits());
        put(bytes, 4, mask);
        return bytes;
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }
}
