// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;

/** A trap listens on every address of this machine; whatever the address looks like that leads to it, nothing ever connects. */
class TrapTest {

    private static final AddressPolicy STRICT = new AddressPolicy(false);
    private static final URI RECORD = URI.create("https://record.example/fhir");

    /** Reads every notation of an address that any resolver reads, and answers every other name with the trap. */
    private static final class HostileNames extends SystemDefaultDnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[]{literal(host)};
        }

        /** A leading nought makes a number octal, as in C; read as decimal, it would name a stranger's machine. */
        private static InetAddress literal(String host) {
            try {
                return Inet4Address.ofPosixLiteral(host);
            } catch (IllegalArgumentException notIpv4) {
                try {
                    return InetAddress.ofLiteral(host);
                } catch (IllegalArgumentException name) {
                    return InetAddress.ofLiteral("127.0.0.1");
                }
            }
        }
    }

    private final PinnedHttp strict = new PinnedHttp(STRICT, new HostileNames());
    private final PinnedHttp demo = new PinnedHttp(new AddressPolicy(true), new HostileNames());
    private ServerSocketChannel trap;
    private int port;

    @BeforeEach
    void set() throws IOException {
        trap = ServerSocketChannel.open().bind(new InetSocketAddress(0));
        trap.configureBlocking(false);
        port = trap.socket().getLocalPort();
    }

    @AfterEach
    void release() throws IOException {
        strict.stop();
        demo.stop();
        trap.close();
    }

    @Test
    void no_form_of_an_address_reaches_the_trap() throws IOException {
        var forms = forms();

        assertThat(forms).hasSizeGreaterThanOrEqualTo(300);
        for (var form : forms) {
            URI target;
            try {
                target = new URI(form);
            } catch (URISyntaxException refused) {
                continue;
            }
            assertThat(STRICT.isDeclared(target, List.of(RECORD))).as(form).isFalse();
            if (STRICT.isDeclared(target, List.of(target))) {
                assertThatExceptionOfType(NotSentException.class).as("declared by an administrator: %s", form)
                        .isThrownBy(() -> strict.send(get(target)));
            } else {
                assertThatThrownBy(() -> strict.send(get(target))).as("past the first check: %s", form)
                        .isInstanceOfAny(NotSentException.class, NoAnswerException.class);
            }
            assertThat(trap.accept()).as(form).isNull();
        }
    }

    @Test
    void the_trap_would_notice() throws IOException {
        trap.configureBlocking(true);
        Thread.ofVirtual().start(() -> {
            try (var caught = trap.accept()) {
                assertThat(caught.isConnected()).isTrue();
            } catch (IOException closed) {
                throw new java.io.UncheckedIOException(closed);
            }
        });

        assertThatExceptionOfType(NoAnswerException.class)
                .isThrownBy(() -> demo.send(get(URI.create("http://any.example:" + port + "/"))));
    }

    @Test
    void no_redirect_leads_to_the_trap() throws IOException {
        var targets = forms().stream().filter(form -> form.chars().allMatch(c -> c > 32 && c < 127)).toList();
        var next = new java.util.concurrent.atomic.AtomicReference<String>("");
        var status = new java.util.concurrent.atomic.AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", next.get());
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            for (var code : List.of(301, 302, 303, 307, 308)) {
                status.set(code);
                for (var target : targets) {
                    next.set(target);

                    var answer = demo.send(get(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/")));

                    assertThat(answer.status()).isEqualTo(code);
                    assertThat(trap.accept()).as(target).isNull();
                }
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void one_private_address_among_several_of_a_name_is_enough_to_refuse() throws IOException {
        for (var addresses : List.of(List.of("8.8.8.8", "127.0.0.1"), List.of("127.0.0.1", "8.8.8.8"),
                List.of("2606:4700:4700::1111", "8.8.8.8", "::1"))) {
            var http = new PinnedHttp(STRICT, new SystemDefaultDnsResolver() {
                @Override
                public InetAddress[] resolve(String host) {
                    return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
                }
            });
            try {
                assertThatExceptionOfType(NotSentException.class)
                        .isThrownBy(() -> http.send(get(URI.create("http://several.example:" + port + "/"))));
            } finally {
                http.stop();
            }
            assertThat(trap.accept()).isNull();
        }
    }

    @Test
    void a_name_is_looked_up_once_for_a_connection_so_that_a_second_answer_has_no_effect() throws IOException {
        var answers = new ArrayList<>(List.of("127.0.0.2", "127.0.0.1"));
        var asked = new ArrayList<String>();
        var http = new PinnedHttp(new AddressPolicy(true), new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                asked.add(host);
                return new InetAddress[]{InetAddress.ofLiteral(answers.removeFirst())};
            }
        });
        var server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            var target = URI.create("http://rebound.example:" + server.getAddress().getPort() + "/");

            assertThat(http.send(get(target)).status()).isEqualTo(204);
            assertThat(asked).containsExactly("rebound.example");
        } finally {
            server.stop(0);
            http.stop();
        }
    }

    private Set<String> forms() {
        var forms = new LinkedHashSet<String>();
        for (var address : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.0.1",
                "100.64.0.1", "0.0.0.0")) {
            for (var host : notations(InetAddress.ofLiteral(address).getAddress())) {
                forms.add("http://" + host + ":" + port + "/");
                forms.add("https://" + host + ":" + port + "/fhir");
            }
        }
        for (var name : List.of("localhost", "LOCALHOST", "localhost.", "ip6-localhost", "a.localhost",
                "trap.example", "TRAP.example", "trap.example.", "xn--trp-qla.example", "trap\u3002example",
                "tr\u00e4p.example", "\uff54rap.example", "record.example", "record.example.", "record\uff0eexample",
                "record.example.trap.example", "127.0.0.1.trap.example", "metadata.google.internal", "%6cocalhost",
                "local%68ost", "l\u24deCalhost", "record_example")) {
            forms.add("http://" + name + ":" + port + "/fhir");
            forms.add("https://" + name + ":" + port + "/fhir");
        }
        for (var authority : List.of("record.example@127.0.0.1:%d", "record.example:443@127.0.0.1:%d",
                "record.example%%40127.0.0.1:%d", "127.0.0.1:%d\\@record.example", "record.example\\@127.0.0.1:%d",
                "127.0.0.1:%d#@record.example", "127.0.0.1:%d?@record.example", "127.0.0.1:%d%%23@record.example",
                "127.0.0.1:%d%%0d%%0aHost:record.example", "127.0.0.1:%d\r\nHost:record.example", "127.0.0.1\t:%d",
                "127.0.0.1 :%d", "127.0.0.1%%00record.example:%d", "[::1%%25lo]:%d", "[::1%%lo]:%d",
                "[fe80::1%%251]:%d", "127.0.0.1:0%d", "127.0.0.1:+%d", "a:b@c@127.0.0.1:%d", ":@127.0.0.1:%d",
                "@127.0.0.1:%d", "127.0.0.1:%d;record.example", "127.0.0.1:%d,record.example")) {
            forms.add("http://" + authority.formatted(port) + "/fhir");
            forms.add("https://" + authority.formatted(port) + "/fhir");
        }
        for (var start : List.of("HTTP://", "HTTPS://", "hTTps://", "ftp://", "ws://", "wss://", "gopher://",
                "jar:http://", "url:http://", "file://", "ldap://", "dict://", "netdoc://", "//", "///", "\\\\",
                "http:\\\\", "http:/", "http:", "http:///", "https:", "https:/", " http://", "\u0000http://")) {
            forms.add(start + "127.0.0.1:" + port + "/fhir");
        }
        for (var rest : List.of("", "/", "/fhir#x", "/fhir?x=1", "/fhir/../x", "/fhir/%2e%2e/x", "/fhir//x",
                "/fhir\\..\\x", "/%0d%0aX:1", "/fhir;x", "/fhir%00")) {
            forms.add("https://localhost:" + port + rest);
        }
        return forms;
    }

    /** The notations of an IPv4 address that one library or another reads. */
    private static List<String> notations(byte[] b) {
        var a = new int[]{b[0] & 0xff, b[1] & 0xff, b[2] & 0xff, b[3] & 0xff};
        var whole = Integer.toUnsignedLong(a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3]);
        var high = Integer.toHexString(a[0] << 8 | a[1]);
        var low = Integer.toHexString(a[2] << 8 | a[3]);
        var dotted = a[0] + "." + a[1] + "." + a[2] + "." + a[3];
        return List.of(dotted, dotted + ".", Long.toString(whole), "0x" + Long.toHexString(whole),
                "0X" + Long.toHexString(whole), "0" + Long.toOctalString(whole), Long.toString(whole + (1L << 32)),
                "0x%x.0x%x.0x%x.0x%x".formatted(a[0], a[1], a[2], a[3]),
                "0%o.0%o.0%o.0%o".formatted(a[0], a[1], a[2], a[3]),
                "00%o.00%o.00%o.00%o".formatted(a[0], a[1], a[2], a[3]),
                "0x%x.%d.0%o.%d".formatted(a[0], a[1], a[2], a[3]),
                "%d.%d".formatted(a[0], a[1] << 16 | a[2] << 8 | a[3]),
                "%d.%d.%d".formatted(a[0], a[1], a[2] << 8 | a[3]),
                "%d.%d.%d.%d".formatted(a[0] + 256, a[1], a[2], a[3]), dotted.replace(".", "%2e"),
                dotted.replace('.', '\u3002'), dotted.replace('.', '\uff0e'), dotted.replace('.', '\uff61'),
                wide(dotted, 0xff10), wide(dotted, 0x0660), "[::ffff:" + dotted + "]",
                "[::ffff:" + high + ":" + low + "]", "[0:0:0:0:0:FFFF:" + dotted + "]", "[::" + dotted + "]",
                "[::ffff:0:" + dotted + "]", "[64:ff9b::" + dotted + "]", "[64:ff9b:1::" + high + ":" + low + "]",
                "[2002:" + high + ":" + low + "::1]", "[2001:0:" + high + ":" + low + "::1]",
                "[2001:0:808:808:0:0:%x:%x]".formatted(~(a[0] << 8 | a[1]) & 0xffff, ~(a[2] << 8 | a[3]) & 0xffff),
                "[2606:4700::5efe:" + high + ":" + low + "]");
    }

    private static String wide(String text, int zero) {
        return text.codePoints()
                .map(c -> c == '.' ? c : c - '0' + zero)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static HttpUriRequestBase get(URI target) {
        return new HttpUriRequestBase("GET", target);
    }
}
