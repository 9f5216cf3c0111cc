// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.sluse.host.config.Bodies;

/** A request whose body has come in already, so that reading it waits for nobody. */
class WholeBody extends HttpServletRequestWrapper {

    private final ByteArrayInputStream body;

    /** Reads the body. @throws org.sluse.problem.ProblemException {@code problem/too-large} */
    WholeBody(HttpServletRequest request) throws IOException {
        super(request);
        this.body = new ByteArrayInputStream(Bodies.read(request.getInputStream()));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    @Override
    public ServletInputStream getInputStream() {
        return new ServletInputStream() {
            @Override
            public int read() {
                return body.read();
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return body.read(into, from, length);
            }

            @Override
            public boolean isFinished() {
                return body.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("A request of FHIR is answered on its thread; right would be to read");
            }
        };
    }
}
