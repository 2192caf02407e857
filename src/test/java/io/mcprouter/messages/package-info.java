/** Messages that call tools, through real brokers. */
package io.mcprouter.messages;
