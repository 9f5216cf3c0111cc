// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final AddressPolicy STRICT = new AddressPolicy(false);
    private static final AddressPolicy DEMO = new AddressPolicy(true);

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
            "127.0.0.1", "127.1.2.3", "169.254.0.1",
            "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1",
            "192.168.255.255", "198.18.0.1", "198.19.255.255",
            "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2002:7f00:1::1",
            "2002:a00:1::1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "100::1", "2001:2::1", "2001:20::1",
            "2001:db8::1", "3fff::1", "5f00::1", "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1", "fc00::1",
            "fd12:3456:789a::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1"})
    void an_address_that_is_not_public_is_not_connected_to(String address) throws UnknownHostException {
        assertThat(STRICT.mayConnect(InetAddress.getByName(address))).isFalse();
        assertThat(DEMO.mayConnect(InetAddress.getByName(address))).as("in the demo").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1",
            "126.255.255.255", "128.0.0.1",
            "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1", "192.1.0.1", "192.167.255.255",
            "192.169.0.1", "198.17.255.255", "198.20.0.1",
            "223.255.255.255", "::ffff:8.8.8.8", "2001:4860:4860::8888", "2003::1", "2606:4700:4700::1111",
            "2a00:1450:4001::1", "192.0.1.1", "198.51.101.1", "203.0.114.1", "2001:200::1", "2001:db9::1", "3ffe::1"})
    void a_public_address_is_connected_to(String address) throws UnknownHostException {
        assertThat(STRICT.mayConnect(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest(name = "{0} is at or below {1}")
    @CsvSource({"https://record.example/fhir,https://record.example/fhir",
            "https://record.example/fhir/Patient,https://record.example/fhir",
            "https://record.example/fhir/Patient/1,https://record.example/fhir/",
            "https://record.example/fhir,https://record.example",
            "https://RECORD.example/fhir,https://record.example/fhir",
            "https://record.example:8443/fhir,https://record.example:8443/fhir",
            "https://record.example,https://record.example", "https://record.example/a..b,https://record.example"})
    void a_target_at_or_below_an_endpoint_is_declared(URI target, URI endpoint) {
        assertThat(STRICT.isDeclared(target, List.of(URI.create("https://other.example"), endpoint))).isTrue();
    }

    @ParameterizedTest(name = "{0} is not below {1}")
    @CsvSource({"https://record.example/fhirx,https://record.example/fhir",
            "https://record.example/other,https://record.example/fhir",
            "https://record.example/,https://record.example/fhir",
            "https://record.example/fhir/../other,https://record.example/fhir",
            "https://record.example/fhir/./x,https://record.example/fhir",
            "https://record.example/fhir//x,https://record.example/fhir",
            "https://record.example/fhir/%2e%2e/x,https://record.example/fhir",
            "https://record.example/fhir/..%2fx,https://record.example/fhir",
            "https://record.example.evil.example/fhir,https://record.example/fhir",
            "https://evil.example/record.example/fhir,https://record.example/fhir",
            "https://record.example@evil.example/fhir,https://record.example/fhir",
            "https://user:pw@record.example/fhir,https://record.example/fhir",
            "https://record.example:444/fhir,https://record.example/fhir",
            "https://record.example/fhir,https://record.example:444/fhir",
            "https://record.example/fhir?q=1,https://record.example/fhir",
            "https://record.example/fhir?,https://record.example/fhir",
            "https://record.example/fhir#a,https://record.example/fhir",
            "http://record.example/fhir,https://record.example/fhir",
            "ftp://record.example/fhir,ftp://record.example/fhir", "file:///fhir,file:///fhir",
            "//record.example/fhir,https://record.example/fhir",
            "/fhir,https://record.example/fhir", "https://2130706433/fhir,https://127.0.0.1/fhir",
            "https://127.1/fhir,https://127.1/fhir", "fhir,https://record.example/fhir",
            "mailto:a@record.example,https://record.example/fhir"})
    void any_other_target_is_not_declared(URI target, URI endpoint) {
        assertThat(STRICT.isDeclared(target, List.of(endpoint))).isFalse();
        assertThat(DEMO.isDeclared(target, List.of(endpoint))).as("in the demo").isFalse();
    }

    @Test
    void plain_http_is_for_the_demo_only() {
        var address = URI.create("http://127.0.0.1:8090/fhir");

        assertThat(STRICT.isDeclared(address, List.of(address))).isFalse();
        assertThat(DEMO.isDeclared(address, List.of(address))).isTrue();
    }

    @Test
    void nothing_is_declared_where_there_is_no_endpoint() {
        assertThat(STRICT.isDeclared(URI.create("https://record.example"), List.of())).isFalse();
    }
}
