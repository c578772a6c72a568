/** Everything at once for a long time, in one virtual machine: {@code scripts/soak.sh SECONDS}. */
package io.github.lodepngffm.soak;
