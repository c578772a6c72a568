/** Loading, native calls, error mapping, memory pool: not exported, may change at any time. */
package io.github.lodepngffm.internal;
