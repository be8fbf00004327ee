package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.HealthCheckPlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Asks an endpoint with a connection, and with octets where there are some. */
final class BytesCheckup extends ChannelInboundHandlerAdapter implements Dialer.Outcome {
    private static final int MOST = 8_192;

    private final Checkup checkup;
    private final HealthCheckPlan.Tcp question;
    private final ByteBuf received = Unpooled.buffer(64, MOST);
    private int found;

    BytesCheckup(Checkup checkup, HealthCheckPlan.Tcp question) {
        this.checkup = checkup;
        this.question = question;
    }

    @Override
    public void connected(Wire wire) {
        Channel channel = wire.channel();
        checkup.connected(
                () -> {
                    var _ = channel.close();
                });
        if (checkup.isOver()) {
            return;
        }
        if (!question.send().isEmpty()) {
            var _ = channel.writeAndFlush(octets(question.send()));
        }
        if (question.receive().isEmpty()) {
            checkup.well();
            return;
        }
        channel.pipeline().addLast(this);
        channel.config().setAutoRead(true);
    }

    @Override
    public void failed(String reason) {
        checkup.ill(reason, false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        received.writeBytes(data, Math.min(data.readableBytes(), MOST - received.writerIndex()));
        data.release();
        while (found < question.receive().size()) {
            String wanted = question.receive().get(found);
            int at = ByteBufUtil.indexOf(octets(wanted), received);
            if (at < 0) {
                if (received.writerIndex() == MOST) {
                    checkup.ill("it does not answer what is expected", false);
                }
                return;
            }
            received.readerIndex(at + wanted.length());
            found++;
        }
        checkup.well();
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        checkup.ill("the connection was closed", false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        checkup.ill(String.valueOf(cause.getMessage()), false);
    }
}
