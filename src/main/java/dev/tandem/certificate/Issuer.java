package dev.tandem.certificate;

import dev.tandem.model.Ip4;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates according to RFC 5280: keys on the curve P-256, signed with SHA-256. An
/// authority signs servers' certificates and no other authority (path length 0).
///
/// @param clock tells the current time
/// @param random the source of keys and serial numbers
record Issuer(InstantSource clock, SecureRandom random) {

    /// Certificates begin in the past: a client's clock may be slightly behind.
    private static final Duration HEAD_START = Duration.ofHours(1);

    /// The longest common name (RFC 5280, appendix A.1, ub-common-name).
    static final int LONGEST_NAME = 64;

    /// A certificate that a server needs.
    ///
    /// @param commonName what people see first; clients check the other two
    /// @param names the hostnames that it is for
    /// @param addresses the addresses that it is for
    record Wanted(String commonName, List<String> names, List<Ip4> addresses) {
        Wanted {
            names = List.copyOf(names);
            addresses = List.copyOf(addresses);
        }

        /// What people know it by.
        String title() {
            return names.stream()
                    .filter(name -> name.length() <= LONGEST_NAME)
                    .findFirst()
                    .orElseGet(() -> addresses.getFirst().toString());
        }

        /// Whether a certificate is for exactly these names and addresses.
        boolean isMetBy(X509Certificate certificate) {
            Set<String> all = new HashSet<>(names);
            addresses.forEach(address -> all.add(address.toString()));
            try {
                Collection<List<?>> found = certificate.getSubjectAlternativeNames();
                return found != null
                        && all.equals(
                                found.stream()
                                        .map(pair -> pair.get(1).toString())
                                        .collect(Collectors.toSet()));
            } catch (CertificateParsingException e) {
                return false;
            }
        }
    }

    /// A new authority with a new key, which signs for this site alone.
    Credential authority(String name, Scope scope) {
        return selfSigned(newKey(), name(name), Optional.of(scope));
    }

    /// The same authority with ten more years. Its key and name stay, so that clients with the old
    /// certificate accept what is signed from now on. One that may sign for anything, as Tandem
    /// 0.1.0 made it, stays as its users know it.
    Credential renewedAuthority(Credential old, Scope scope) {
        KeyPair same = new KeyPair(old.certificate().getPublicKey(), old.key());
        return selfSigned(
                same,
                subject(old),
                Scope.isUnlimited(old.certificate()) ? Optional.empty() : Optional.of(scope));
    }

    /// The same authority, with its key and name, which may sign for anything.
    Credential unlimited(Credential authority) {
        KeyPair same = new KeyPair(authority.certificate().getPublicKey(), authority.key());
        return selfSigned(same, subject(authority), Optional.empty());
    }

    /// Whether this is an authority with this name.
    static boolean isAuthority(Credential credential, String name) {
        return credential.certificate().getBasicConstraints() >= 0
                && credential.issued(credential.certificate())
                && subject(credential).equals(name(name));
    }

    private Credential selfSigned(KeyPair key, X500Name name, Optional<Scope> scope) {
        Instant begin = clock.instant().minus(HEAD_START);
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            serial(),
                            Date.from(begin),
                            Date.from(begin.plus(Certificates.AUTHORITY_LIFE)),
                            name,
                            key.getPublic());
            identify(builder, key.getPublic(), key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            KeyUsage usage = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
            builder.addExtension(Extension.keyUsage, true, usage);
            if (scope.isPresent()) {
                builder.addExtension(Extension.nameConstraints, true, scope.get().extension());
            }
            return new Credential(key.getPrivate(), List.of(sign(builder, key.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw impossible(e);
        }
    }

    /// A new key and its certificate, which does not outlive its authority.
    Credential server(Credential authority, Wanted wanted, Duration life) {
        KeyPair key = newKey();
        Instant begin = clock.instant().minus(HEAD_START);
        Instant end = earlier(begin.plus(life), authority.expires());
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            subject(authority),
                            serial(),
                            Date.from(begin),
                            Date.from(end),
                            name(wanted.commonName()),
                            key.getPublic());
            identify(builder, key.getPublic(), authority.certificate().getPublicKey());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            KeyUsage usage = new KeyUsage(KeyUsage.digitalSignature);
            builder.addExtension(Extension.keyUsage, true, usage);
            var purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
            builder.addExtension(Extension.extendedKeyUsage, false, purpose);
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives(wanted));
            return new Credential(key.getPrivate(), List.of(sign(builder, authority.key())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw impossible(e);
        }
    }

    /// Adds the identifiers that link the certificates of a chain.
    private static void identify(
            X509v3CertificateBuilder builder, PublicKey subject, PublicKey authority)
            throws IOException, GeneralSecurityException {
        var tools = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, tools.createSubjectKeyIdentifier(subject));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                tools.createAuthorityKeyIdentifier(authority));
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer.build(key)));
    }

    private KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /// 128 random bits; never zero (RFC 5280, section 4.1.2.2).
    private BigInteger serial() {
        return new BigInteger(128, random).setBit(127);
    }

    private static X500Name name(String commonName) {
        String cut = commonName.substring(0, Math.min(commonName.length(), LONGEST_NAME));
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, cut).build();
    }

    /// The name of an authority, byte for byte: chains compare bytes.
    private static X500Name subject(Credential authority) {
        return X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
    }

    private static GeneralNames alternatives(Wanted wanted) {
        List<GeneralName> all = new ArrayList<>();
        wanted.names().forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        wanted.addresses()
                .forEach(ip -> all.add(new GeneralName(GeneralName.iPAddress, ip.toString())));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static IllegalStateException impossible(Exception e) {
        return new IllegalStateException("every Java can sign with P-256 and SHA-256", e);
    }
}
