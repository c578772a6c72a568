/** Finding, checking and loading the shared library. */
package io.github.lodepngffm.internal.load;
