/** What Java Flight Recorder is told. */
package io.github.lodepngffm.internal.jfr;
