/** Imported first by what people run: the AWS SDK's notice about Node's version is nothing they can act on here. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
