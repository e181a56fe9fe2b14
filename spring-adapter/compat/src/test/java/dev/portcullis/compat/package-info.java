/** What holds on every Spring Boot that is served: these tests are run by each lane, against the starter as it is published. */
package dev.portcullis.compat;
