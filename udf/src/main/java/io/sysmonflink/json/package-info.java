/** JSON that is never larger than its reader allows. */
package io.sysmonflink.json;
