/** Why a record cannot be read: the error types, and the messages for a person. */
package io.sysmonflink.decode.deadletter;
