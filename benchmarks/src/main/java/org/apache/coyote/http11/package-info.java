/** What Tomcat shows to its own package only. */
package org.apache.coyote.http11;
