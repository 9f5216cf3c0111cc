// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.tenant.TenantId;

class RouteTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(nullValues = "-", emptyValue = "", value = {
            "/api/clinic-north/video/sessions,API,clinic-north,video,sessions",
            "/api/clinic-north/video/sessions/1/close,API,clinic-north,video,sessions/1/close",
            "/api/clinic-north/core/me,API,clinic-north,core,me",
            "/api/clinic-north/video,API,clinic-north,video,''", "/api/operate,OPERATE,-,'',''",
            "/api/operate/tenants,OPERATE,-,'',''",
            "/fhir/clinic-north,FHIR,clinic-north,fhir,''",
            "/fhir/clinic-north/metadata,FHIR,clinic-north,fhir,metadata",
            "/fhir/clinic-north/Patient/1/_history/2,FHIR,clinic-north,fhir,Patient/1/_history/2",
            "/sandbox/clinic-north/fhir/Patient,FHIR,clinic-north,sandbox,fhir/Patient",
            "/ws/clinic-north/video,SOCKET,clinic-north,video,''",
            "/ui/kit/kit.js,SHARED_FILE,-,kit,kit.js", "/ui/kit/messages/nb.json,SHARED_FILE,-,kit,messages/nb.json",
            "/ui/lit/index.js,SHARED_FILE,-,lit,index.js",
            "/ui/clinic-north/video/join.js,PLUGIN_FILE,clinic-north,video,join.js",
            "/clinic-north,PAGE,clinic-north,'',''", "/clinic-north/,PAGE,clinic-north,'',''",
            "/clinic-north/j,PAGE,clinic-north,'',j",
            "/clinic-north/patients/1,PAGE,clinic-north,'',patients/1",
            "/clinic-north/admin/modules,PAGE,clinic-north,'',admin/modules",
            "/fhir,FHIR,-,fhir,''", "/fhir/x_y/Patient,FHIR,-,fhir,Patient", "/sandbox,FHIR,-,sandbox,''",
            "/openapi/clinic-north,OPENAPI,clinic-north,'',''", "/health,HEALTH,-,'',''",
            "/health/ready,HEALTH,-,'',''", "/operate,OPERATE_PAGE,-,'',''",
            "/operate/clinics/clinic-north,OPERATE_PAGE,-,'',clinics/clinic-north",
            "/ui/operate/log.js,SHARED_FILE,-,operate,log.js", "/subprocessors,PUBLIC,-,'',''",
            "/api/subprocessors,PUBLIC,-,'',''", "/api/log-key,PUBLIC,-,'',''"})
    void an_address_belongs_to_one_boundary(String path, Route.Kind kind, String tenant, String plugin, String rest) {
        var route = Route.of(path);

        assertThat(route.kind()).isEqualTo(kind);
        assertThat(route.tenant().map(TenantId::value).orElse(null)).isEqualTo(tenant);
        assertThat(route.plugin()).isEqualTo(plugin);
        assertThat(route.rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/", "/api/clinic-north", "/api//video/sessions", "/api/Clinic/video/x",
            "/api/../video/x", "/ws",
            "/ws/clinic-north", "/ws/clinic-north/video/further", "/ui", "/ui/clinic-north", "/ui/UPPER/video/join.js",
            "/openapi", "/openapi/", "/a", "/-clinic", "/clinic-", "/clinic_north/j",
            "/clinic%2fnorth", "/..",
            "/.well-known/security.txt", "/subprocessors/today", "/favicon.ico"})
    void anything_else_is_nothing_of_ours(String path) {
        assertThat(Route.of(path).kind()).isEqualTo(Route.Kind.UNKNOWN);
    }
}
