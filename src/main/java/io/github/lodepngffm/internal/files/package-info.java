/** Files to native memory and back. */
package io.github.lodepngffm.internal.files;
