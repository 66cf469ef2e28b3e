export const id = 696;
export const ids = [696];
export const modules = {

/***/ 4463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   _r: () => (/* binding */ awsFailureKind),
/* harmony export */   m_: () => (/* binding */ isAwsError)
/* harmony export */ });
/* unused harmony export toUserError */
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9751);


// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the SDK's own provider errors.
const kinds = {
    AccessDenied: 'access-denied',
    AccessDeniedException: 'access-denied',
    AuthorizationError: 'access-denied',
    NotAuthorized: 'access-denied',
    UnauthorizedOperation: 'access-denied',
    ExpiredToken: 'credentials-expired',
    ExpiredTokenException: 'credentials-expired',
    RequestExpired: 'credentials-expired',
    TokenRefreshRequired: 'credentials-expired',
    CredentialsProviderError: 'credentials-missing',
    InvalidClientTokenId: 'credentials-missing',
    UnrecognizedClientException: 'credentials-missing',
    IncompleteSignature: 'credentials-missing',
    SignatureDoesNotMatch: 'credentials-missing',
    Throttling: 'throttled',
    ThrottlingException: 'throttled',
    ThrottledException: 'throttled',
    TooManyRequestsException: 'throttled',
    RequestLimitExceeded: 'throttled',
    SlowDown: 'throttled',
    TimeoutError: 'connection',
    NetworkingError: 'connection',
};
const connectionCodes = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
]);
function awsFailureKind(error) {
    if (!(error instanceof Error))
        return 'not-aws';
    const shape = error;
    const known = kinds[error.name];
    if (known !== undefined)
        return known;
    // The second is what the SDK says of AWS_REGION set to nothing, as `${{ vars.AWS_REGION }}` gives where there is none.
    if (/^Region (?:is missing|not accepted)/.test(error.message))
        return 'region-missing';
    if (connectionCode(error) !== undefined)
        return 'connection';
    if (shape.$metadata === undefined)
        return 'not-aws';
    return (shape.$metadata.httpStatusCode ?? 400) >= 500 ? 'server' : 'rejected';
}
/** True when the service answered with the error named, such as `ClusterNotFoundException`. */
function isAwsError(error, name) {
    return error instanceof Error && error.name === name;
}
/**
 * Runs one SDK call; what it rejects with becomes a UserError that says what was tried and how to mend it.
 *
 * @param what the call as IAM names it and its object: `ecs:DescribeServices on service web of cluster prod`
 * @throws UserError for everything AWS, the network or the credential chain refuses; other errors pass unchanged
 */
async function attempt(what, call) {
    try {
        return await call();
    }
    catch (error) {
        throw toUserError(error, what);
    }
}
/** The UserError for a rejected SDK call, or the error itself when it does not come from AWS, the network or credentials. */
function toUserError(error, what) {
    const kind = awsFailureKind(error);
    if (kind === 'not-aws' || !(error instanceof Error))
        return error;
    const [code, sentence] = explain(kind, error, what);
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(code, sentence, { cause: error });
}
function explain(kind, error, what) {
    const said = (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(error.message);
    switch (kind) {
        case 'access-denied':
            return [
                'access-denied',
                `AWS denied ${what}: ${said}. Allow it in the IAM policy of the role this job assumes.`,
            ];
        case 'credentials-expired':
            return [
                'credentials-expired',
                `The AWS credentials expired before ${what}: ${said}. Raise role-duration-seconds of configure-aws-credentials above the length of this job.`,
            ];
        case 'credentials-missing':
            return [
                'credentials-missing',
                `No usable AWS credentials for ${what}: ${said}. Run aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.`,
            ];
        case 'region-missing':
            return [
                'region-missing',
                'No AWS region is set. Set AWS_REGION, or run aws-actions/configure-aws-credentials with aws-region before this step.',
            ];
        case 'throttled':
            return [
                'throttled',
                `AWS kept throttling ${what}: ${said}. Run fewer deployments at once, or ask AWS for a higher API quota.`,
            ];
        case 'connection':
            return [
                'connection-failed',
                `No connection for ${what}: ${connectionCode(error) ?? said}. Check the network and AWS_ENDPOINT_URL${endpointHint()}.`,
            ];
        case 'server':
            return [
                'aws-unavailable',
                `AWS failed ${what}: ${error.name}: ${said}. This is on AWS's side; run the job again.`,
            ];
        case 'rejected':
            return ['request-rejected', `AWS rejected ${what}: ${error.name}: ${said}`];
    }
}
function connectionCode(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
        const { code } = cause;
        if (typeof code === 'string' && connectionCodes.has(code))
            return code;
        if (cause instanceof AggregateError && cause.errors.length > 0)
            return connectionCode(cause.errors[0]);
    }
    return undefined;
}
function endpointHint() {
    const endpoint = process.env['AWS_ENDPOINT_URL'];
    return endpoint === undefined || endpoint === '' ? '' : ` (${endpoint})`;
}


/***/ }),

/***/ 3389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ clientConfig)
/* harmony export */ });
/**
 * What every SDK client of Slipway is made with. Region, credentials and AWS_ENDPOINT_URL* come from the SDK's own chain;
 * the default of `standard` retries covers throttling and lost connections with jittered back-off. The SDK itself would
 * wait for ever on a connection that went silent.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
function clientConfig(options = {}) {
    return {
        maxAttempts: 1 + (options.maxRetries ?? 3),
        customUserAgent: 'slipway',
        requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
    };
}


/***/ }),

/***/ 4470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ createRegisteredTaskDefinitions)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1050);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _aws_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4463);
/* harmony import */ var _client_config_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3389);




/** The task definitions of the account and region that the SDK finds in the environment. No call is made before a question. */
function createRegisteredTaskDefinitions() {
    let client;
    const connect = () => {
        client ??= new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__/* .ECSClient */ .Zgc((0,_client_config_js__WEBPACK_IMPORTED_MODULE_3__/* .clientConfig */ .y)());
        return client;
    };
    return {
        async describe(reference) {
            const reply = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:DescribeTaskDefinition on ${reference}`, () => connect()
                .send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__/* .DescribeTaskDefinitionCommand */ .Zy$({ taskDefinition: reference, include: ['TAGS'] }))
                .catch((error) => {
                throw isNotFound(error) ? notFound(reference, error) : error;
            }));
            if (reply.taskDefinition === undefined)
                throw notFound(reference);
            // Through JSON, as dates and undefined members have no place in plain data.
            const taskDefinition = JSON.parse(JSON.stringify(reply.taskDefinition));
            return { taskDefinition, tags: (reply.tags ?? []).map(({ key = '', value = '' }) => ({ key, value })) };
        },
        async findOfService(name) {
            const service = await describeService(connect(), name);
            const taskDefinition = taskDefinitionOf(service);
            if (taskDefinition !== undefined)
                return taskDefinition;
            throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('service-unsupported', `Service ${name.service} of cluster ${name.cluster} has no task definition of its own; name a family instead.`);
        },
    };
}
async function describeService(client, { cluster, service }) {
    const reply = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:DescribeServices on service ${service} of cluster ${cluster}`, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__/* .DescribeServicesCommand */ .H7c({ cluster, services: [service] })).catch((error) => {
        if (!(0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(error, 'ClusterNotFoundException'))
            throw error;
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('cluster-not-found', `There is no cluster ${cluster} in this region and account.`, {
            cause: error,
        });
    }));
    const found = reply.services?.[0];
    // A deleted service stays describable for a while as INACTIVE.
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
    if (found !== undefined && found.status !== 'INACTIVE')
        return found;
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('service-not-found', `There is no service ${service} in cluster ${cluster}.`);
}
// Under CODE_DEPLOY and EXTERNAL control the task sets hold it, not the service.
function taskDefinitionOf(service) {
    const taskSet = service.taskSets?.find(({ status }) => status === 'PRIMARY');
    return taskSet?.taskDefinition ?? service.taskDefinition;
}
// ECS has no error of its own for this: it answers `ClientException: Unable to describe task definition.`
function isNotFound(error) {
    return ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(error, 'ClientException') &&
        /unable to describe task definition/i.test(error.message));
}
function notFound(reference, cause) {
    const isFamily = !reference.startsWith('arn:');
    const hint = isFamily ? ` If ${reference} is a file, write ./${reference}.` : '';
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('task-definition-not-found', `There is no task definition ${reference} in this region and account.${hint}`, cause === undefined ? {} : { cause });
}


/***/ }),

/***/ 345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ cleanRemoteLine),
/* harmony export */   j: () => (/* binding */ cleanRemoteText)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);

const workflowCommand = /^(\s*)(::|##\[)/;
// C0 and C1 controls but tab and newline, and the Unicode direction overrides that can reorder a line on screen.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/**
 * Makes text from elsewhere (container logs, stop reasons, build output) harmless to print in a job log: ANSI escapes,
 * carriage returns and control characters go, and a line that the runner would take for a workflow command
 * (`::name::value`, or the older `##[name]value`) is shown instead of obeyed, by a zero-width space inside its marker.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
function cleanRemoteText(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text.replaceAll('\r\n', '\n'))
        .split(/[\n\r\u2028\u2029]/)
        .map((line) => disarmCommand(line.replace(invisible, '')))
        .join('\n');
}
/** One line of remote text, cut to `limit` characters with an ellipsis. */
function cleanRemoteLine(text, limit = 500) {
    const line = cleanRemoteText(text).replaceAll('\n', ' ').trim();
    return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
// The runner looks for `##[` anywhere in a line and for `::` at its start (after blanks).
function disarmCommand(line) {
    return line
        .replaceAll('##[', '#\u200b#[')
        .replace(workflowCommand, (marker) => marker.replace('::', ':\u200b:'));
}


/***/ }),

/***/ 9751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * The world or the configuration is wrong, and a person can mend it: one sentence that says how.
 * It becomes one `::error::` annotation without a stack. Anything else thrown is our own bug and prints its stack.
 */
class UserError extends Error {
    code;
    constructor(code, message, options) {
        super(message, options);
        this.name = 'UserError';
        this.code = code;
    }
}


/***/ }),

/***/ 3562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $l: () => (/* binding */ maskSecret),
/* harmony export */   Wh: () => (/* binding */ jobLog)
/* harmony export */ });
/* unused harmony export annotateError */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2758);

/** The job's log. Text from elsewhere must have passed `cleanRemoteText` before it comes here. */
const jobLog = {
    info: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line),
    warning: (message) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(message),
    group(title, lines) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title);
        for (const line of lines)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
    },
};
/** Registers a value that the runner replaces by `***` in every log from now on. */
function maskSecret(value) {
    if (value !== '')
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(value);
}
/** Puts one error annotation on the run without ending the process. */
function annotateError(message, title) {
    core.error(message, title === undefined ? {} : { title });
}


/***/ }),

/***/ 40:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ writeJobSummary)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);

// A step's summary is refused whole above 1 MiB; the rest is kept for the notice itself.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
const limitBytes = 1024 * 1024 - 1024;
/** Appends GitHub-flavoured Markdown to this step's job summary; does nothing where the runner offers none. */
async function writeJobSummary(markdown) {
    const path = process.env['GITHUB_STEP_SUMMARY'];
    if (path === undefined || path === '')
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.appendFile)(path, `${cutToLimit(markdown)}\n`, 'utf8');
}
function cutToLimit(markdown) {
    const bytes = Buffer.from(markdown, 'utf8');
    if (bytes.length <= limitBytes)
        return markdown;
    const cut = bytes.subarray(0, limitBytes).toString('utf8');
    return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\n_Cut at GitHub's limit of 1 MiB for a step's summary._`;
}


/***/ }),

/***/ 356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2758);

/** Sets outputs by their names in action.yml. Values are texts; an undefined one is left unset. */
function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        if (value !== undefined)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
}
/** Keeps a value for the post phase of this step. */
function saveState(name, value) {
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(name, value);
}
/** A value that the main phase saved, or undefined. */
function readState(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(name) || undefined;
}


/***/ }),

/***/ 8278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ readActionInputs),
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ../../../node_modules/@actions/core/lib/core.js + 10 modules
var core = __webpack_require__(2758);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/input/reader.js

/**
 * Calls `read` with a reader over `get` and returns its snapshot.
 *
 * @throws UserError `input-invalid` that names every bad input, its value and what is legal, one per line.
 */
function readInputs(get, read) {
    const problems = [];
    const snapshot = read(createReader(get, problems));
    if (problems.length === 0)
        return snapshot;
    const heading = problems.length === 1 ? '' : `${problems.length} inputs need correction:\n`;
    throw new user_error/* UserError */.y('input-invalid', heading + problems.join('\n'));
}
function createReader(get, problems) {
    const value = (name) => get(name).trim();
    const lines = (name) => nonEmpty(get(name).split(/\r?\n/));
    function bad(name, legal, fallback) {
        const given = value(name);
        problems.push(given === ''
            ? `input "${name}" is required: give ${legal}`
            : `input "${name}": expected ${legal}, got "${shorten(given)}"`);
        return fallback;
    }
    function number(name, { min, max }, whole) {
        const text = value(name);
        const parsed = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
        const kind = whole ? 'a whole number' : 'a number';
        const legal = Number.isFinite(parsed) && parsed >= min && parsed <= max && (!whole || Number.isInteger(parsed));
        return legal ? parsed : bad(name, `${kind} from ${min} to ${max}`, min);
    }
    return {
        text: (name) => value(name) || bad(name, 'a value', ''),
        optionalText: (name) => value(name) || undefined,
        bool(name) {
            const text = value(name);
            if (/^(true|True|TRUE)$/.test(text))
                return true;
            if (/^(false|False|FALSE)$/.test(text))
                return false;
            return bad(name, 'true or false', false);
        },
        number: (name, bounds) => number(name, bounds, false),
        integer: (name, bounds) => number(name, bounds, true),
        oneOf(name, legal) {
            const found = legal.find((candidate) => candidate === value(name));
            return found ?? bad(name, `one of ${legal.join(', ')}`, legal[0]);
        },
        lines,
        list: (name) => nonEmpty(lines(name).flatMap((line) => line.split(','))),
        pairs: (name) => lines(name).flatMap((line) => {
            const pair = splitPair(line);
            if (pair === undefined)
                problems.push(notAPair(name, line));
            return pair ?? [];
        }),
        parsed(name, parse, fallback) {
            try {
                return parse(get(name));
            }
            catch (error) {
                if (!(error instanceof user_error/* UserError */.y))
                    throw error;
                problems.push(`input "${name}": ${error.message}`);
                return fallback;
            }
        },
        problem: (message) => void problems.push(message),
    };
}
function splitPair(line) {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(0, at)).trim();
    return key === '' ? undefined : { key, value: line.slice(at + 1) };
}
// The value is left out: these inputs may hold secrets.
function notAPair(name, line) {
    const key = line.split(/[\s=:]/)[0] ?? '';
    return `input "${name}": expected KEY=value on every line; the line that starts with "${shorten(key)}" has no key or no "="`;
}
function nonEmpty(items) {
    return items.map((item) => item.trim()).filter((item) => item !== '');
}
function shorten(text) {
    return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

;// CONCATENATED MODULE: ./lib/runner/run-action.js



const phaseKey = 'slipwayPhase';
/**
 * Runs an action's phase as GitHub's runner asked for it, and is the one place where errors end: a UserError becomes one
 * `::error::` annotation without a stack, anything else is our bug and prints its stack, folded. A post phase only warns:
 * it never breaks a green job.
 *
 * The runner starts the same file for `main` and `post`; state saved by main tells them apart.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#sending-values-to-the-pre-and-post-actions
 */
async function runAction(action) {
    const isPost = core/* getState */.Gu(phaseKey) === 'post';
    try {
        if (isPost)
            return await action.post?.();
        core/* saveState */.LZ(phaseKey, 'post');
        await action.main();
    }
    catch (caught) {
        const error = explainFullDisk(caught);
        if (isPost)
            core/* warning */.$e(describe(error));
        else
            core/* setFailed */.C1(describe(error));
        if (!(error instanceof user_error/* UserError */.y))
            printStack(error);
    }
    finally {
        leaveSoon();
    }
}
// A connection that went silent would keep the process alive for as long as its timeout; nobody waits for it any more.
function leaveSoon() {
    setTimeout(() => process.exit(), 500).unref();
}
/** Reads the action's inputs from `INPUT_*`, all problems at once. */
function readActionInputs(read) {
    return readInputs((name) => core/* getInput */.V4(name, { trimWhitespace: false }), read);
}
/** Whatever was being written: a full disk is the runner's fault, and one sentence says so. */
function explainFullDisk(error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    if (!full || error instanceof user_error/* UserError */.y)
        return error;
    const message = `No space left on the runner's disk (${error.message}). Free some, or use a larger runner.`;
    return new user_error/* UserError */.y('disk-full', message, { cause: error });
}
function describe(error) {
    if (error instanceof user_error/* UserError */.y)
        return error.message;
    const text = error instanceof Error ? error.message : String(error);
    return `slipway failed unexpectedly, please report this with the folded stack below: ${text}`;
}
function printStack(error) {
    core/* startGroup */.Oh('Stack');
    for (let cause = error; cause instanceof Error; cause = cause.cause)
        core/* info */.pq(cause.stack ?? cause.message);
    core/* endGroup */.N4();
}


/***/ }),

/***/ 8392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ writeTemporaryFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9751);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5351);




/**
 * Writes a text to a new file for later steps of the job, readable by this user alone, in a directory of its own under
 * RUNNER_TEMP, which the runner empties after every job.
 *
 * @returns the file's absolute path
 * @throws UserError `disk-full`, or `file-unwritable` when RUNNER_TEMP cannot be written to
 */
async function writeTemporaryFile(prefix, fileName, text) {
    try {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .makeTemporaryDirectory */ .LN)(prefix), fileName);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, text, { mode: 0o600 });
        return path;
    }
    catch (error) {
        const { code, path = '' } = error;
        switch (code) {
            case 'ENOSPC':
            case 'EDQUOT':
                throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('disk-full', `The disk is full: ${path} could not be written; free space on the runner.`, {
                    cause: error,
                });
            case 'EACCES':
            case 'EPERM':
            case 'EROFS':
            case 'ENOENT':
            case 'ENOTDIR':
                throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('file-unwritable', `${path} could not be written (${code}); RUNNER_TEMP must be a directory that the runner's user may write to.`, { cause: error });
            default:
                throw error;
        }
    }
}


/***/ }),

/***/ 7922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ readWorkspaceFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9751);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5351);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/**
 * Reads a text file that an input names; a relative path starts at the workspace. A byte order mark is dropped.
 *
 * @param what the file's part in a sentence: `task definition`
 * @throws UserError `file-unreadable` when it is missing, no regular file, forbidden, too large, or no UTF-8
 */
async function readWorkspaceFile(path, what, maximumBytes) {
    const bytes = await readBytes(path, what, maximumBytes);
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch (cause) {
        throw unreadable(`The ${what} ${path} is no UTF-8 text; save it as UTF-8.`, cause);
    }
}
async function readBytes(path, what, maximumBytes) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            // O_NONBLOCK: opening a named pipe must not wait for a writer.
            const file = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)((0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .workspace */ .Gl)(), path), node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK), true);
            const stat = await file.stat();
            if (!stat.isFile())
                throw unreadable(`The ${what} ${path} is ${stat.isDirectory() ? 'a directory' : 'no regular file'}; name a file.`);
            if (stat.size > maximumBytes)
                throw unreadable(`The ${what} ${path} has ${stat.size} bytes; up to ${maximumBytes} are read.`);
            return await file.readFile();
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        throw explain(error, path, what);
    }
}
function explain(error, path, what) {
    const { code } = error;
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return unreadable(`There is no ${what} ${path} in ${(0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .workspace */ .Gl)()}; check the path, and that actions/checkout ran before this step.`, error);
        case 'EACCES':
        case 'EPERM':
            return unreadable(`The ${what} ${path} may not be read by this user; change its permissions.`, error);
        case 'ENAMETOOLONG':
        case 'ELOOP':
            return unreadable(`The ${what} path ${path.slice(0, 80)} cannot be followed (${code}); check it.`, error);
        default:
            return error;
    }
}
function unreadable(message, cause) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('file-unreadable', message, cause === undefined ? {} : { cause });
}


/***/ }),

/***/ 5351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gl: () => (/* binding */ workspace),
/* harmony export */   LN: () => (/* binding */ makeTemporaryDirectory),
/* harmony export */   q: () => (/* binding */ removeDirectory)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** Where the repository is checked out: GITHUB_WORKSPACE, or the current directory outside a runner. */
function workspace() {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(process.env['GITHUB_WORKSPACE'] || '.');
}
/** A new private directory (0700) under RUNNER_TEMP, which the runner empties after every job. */
async function makeTemporaryDirectory(prefix) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(process.env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), `slipway-${prefix}-`));
}
/** Removes a directory with all it holds; a missing one is no error. */
async function removeDirectory(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true });
}


/***/ }),

/***/ 2694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AJ: () => (/* binding */ equalTaskDefinitions),
/* harmony export */   Bl: () => (/* binding */ sortedText),
/* harmony export */   HD: () => (/* binding */ canonicalTaskDefinition)
/* harmony export */ });
/* harmony import */ var _json_value_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7240);
/* harmony import */ var _task_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7425);
/* harmony import */ var _task_size_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8973);



// Lists in which ECS keeps no order: it hands `environment` back in any, and so do others now and then. `command`,
// `entryPoint`, `environmentFiles` (the earlier file wins), `dnsServers` and `mountOptions` are not among them.
const unorderedLists = new Set([
    'add',
    'containerDefinitions',
    'dependsOn',
    'devices',
    'dockerSecurityOptions',
    'drop',
    'environment',
    'extraHosts',
    'ignoredExitCodes',
    'inferenceAccelerators',
    'links',
    'mountPoints',
    'permissions',
    'placementConstraints',
    'portMappings',
    'properties',
    'requiresCompatibilities',
    'resourceRequirements',
    'secretOptions',
    'secrets',
    'systemControls',
    'tmpfs',
    'ulimits',
    'volumes',
    'volumesFrom',
]);
// What ECS fills in, by the member that holds the structure ('' for the task itself). Empty lists and objects and `false`
// mean the same as absence everywhere but for `essential`.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
const defaults = new Map([
    ['', { networkMode: 'bridge' }],
    ['containerDefinitions', { cpu: 0, essential: true, versionConsistency: 'enabled' }],
    ['portMappings', { hostPort: 0, protocol: 'tcp' }],
    ['healthCheck', { interval: 30, timeout: 5, retries: 3, startPeriod: 0 }],
    ['restartPolicy', { restartAttemptPeriod: 300 }],
    ['runtimePlatform', { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' }],
    ['efsVolumeConfiguration', { rootDirectory: '/', transitEncryption: 'DISABLED' }],
    ['s3filesVolumeConfiguration', { rootDirectory: '/' }],
    ['authorizationConfig', { iam: 'DISABLED' }],
    ['dockerVolumeConfiguration', { scope: 'task', driver: 'local' }],
    ['proxyConfiguration', { type: 'APPMESH' }],
]);
/**
 * Whether two task definitions are the same to ECS: registering the one where the other is registered would change nothing
 * about the tasks. A definition read from a file and the revision described after registering it are equal, though ECS fills
 * in defaults, reorders lists and adds read-only members. Tags do not count: they describe a revision and change with every
 * run.
 *
 * `import { equalTaskDefinitions } from 'actions/lib/taskdef/canonical.ts'`
 */
function equalTaskDefinitions(a, b) {
    return sortedText(canonicalTaskDefinition(a)) === sortedText(canonicalTaskDefinition(b));
}
/** The form in which task definitions that mean the same are the same: no defaults, no order where ECS keeps none. */
function canonicalTaskDefinition(definition) {
    const settable = Object.entries(definition).filter(([name]) => name !== 'tags' && !_task_definition_js__WEBPACK_IMPORTED_MODULE_1__/* .readOnlyNames */ .Pz.includes(name));
    const sharesPorts = ['awsvpc', 'host'].includes((0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(definition, 'networkMode') ?? '');
    const members = settable.map(([name, value]) => [name, normalTaskMember(name, value)]);
    return prune(Object.fromEntries(members), '', sharesPorts);
}
/** JSON text that does not depend on the order of keys. */
function sortedText(value) {
    return JSON.stringify(value, (_key, item) => (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => compareText(a, b))) : item);
}
function normalTaskMember(name, value) {
    if (typeof value !== 'string')
        return value;
    switch (name) {
        case 'cpu':
            return String((0,_task_size_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuUnits */ .TT)(value) ?? value);
        case 'memory':
            return String((0,_task_size_js__WEBPACK_IMPORTED_MODULE_0__/* .parseMemoryMib */ .z1)(value) ?? value);
        // A role may be given by name or ARN. Names are unique in an account, whatever the path, and it is always this account.
        case 'taskRoleArn':
        case 'executionRoleArn':
            return /^arn:[^:]+:iam::\d+:role\/(?:.*\/)?([^/]+)$/.exec(value)?.[1] ?? value;
        default:
            return value;
    }
}
function prune(object, holder, sharesPorts) {
    const known = defaults.get(holder) ?? {};
    const kept = Object.entries(object).flatMap(([name, value]) => {
        const item = pruneValue(value, name, sharesPorts);
        if (item === null || isEmpty(item) || item === known[name])
            return [];
        if (item === false && known[name] !== true)
            return [];
        if (name === 'hostPort' && sharesPorts && item === object['containerPort'])
            return [];
        return [[name, item]];
    });
    return Object.fromEntries(kept);
}
function pruneValue(value, holder, sharesPorts) {
    if ((0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value))
        return prune(value, holder, sharesPorts);
    if (!(0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isList */ .Lv)(value))
        return value;
    const items = value.map((item) => pruneValue(item, holder, sharesPorts));
    return unorderedLists.has(holder) ? sortItems(items) : items;
}
// By name where items have one, and stable, as of two variables of one name the last wins.
function sortItems(items) {
    const keyed = items.map((item) => ({
        key: ((0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(item) ? (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(item, 'name') : undefined) ?? sortedText(item),
        item,
    }));
    return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}
function isEmpty(value) {
    return (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isList */ .Lv)(value) ? value.length === 0 : (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) && Object.keys(value).length === 0;
}
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 7240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   De: () => (/* binding */ sayPath),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   Lv: () => (/* binding */ isList),
/* harmony export */   gT: () => (/* binding */ listAt),
/* harmony export */   gn: () => (/* binding */ withMembers),
/* harmony export */   lJ: () => (/* binding */ objectAt),
/* harmony export */   tk: () => (/* binding */ numberAt),
/* harmony export */   yR: () => (/* binding */ objectsAt)
/* harmony export */ });
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isList(value) {
    return Array.isArray(value);
}
/** The member's value if it is text, else undefined. Only own members count, whatever their name. */
function textAt(object, name) {
    const value = memberAt(object, name);
    return typeof value === 'string' ? value : undefined;
}
function numberAt(object, name) {
    const value = memberAt(object, name);
    return typeof value === 'number' ? value : undefined;
}
function objectAt(object, name) {
    const value = memberAt(object, name);
    return isObject(value) ? value : undefined;
}
/** The member's items, or none when it is absent or no list. */
function listAt(object, name) {
    const value = memberAt(object, name);
    return isList(value) ? value : [];
}
/** The objects in a list member, each with its index in the list. */
function objectsAt(object, name) {
    return listAt(object, name).flatMap((item, index) => (isObject(item) ? [{ index, item }] : []));
}
/** A copy with the members given set, and those given as undefined removed. */
function withMembers(object, members) {
    const entries = Object.entries({ ...object, ...members });
    return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined));
}
/** `containerDefinitions[0].environment[2].value`; names that are no plain identifiers stand in quotes. */
function sayPath(path) {
    const parts = path.map((step) => {
        if (typeof step === 'number')
            return `[${step}]`;
        return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    });
    return parts.join('').replace(/^\./, '');
}
function memberAt(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
}


/***/ }),

/***/ 2130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PJ: () => (/* binding */ parseSource),
/* harmony export */   qE: () => (/* binding */ parseServiceName),
/* harmony export */   vv: () => (/* binding */ readRegistered)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2563);


/**
 * Reads what an input says of a task definition's source: `service:CLUSTER/SERVICE`, an ARN, a family with or without
 * revision, or the path of a file. A bare word is a family, so a file without a dot or slash is written `./taskdef`.
 *
 * @throws UserError `input-invalid`
 */
function parseSource(text) {
    const trimmed = text.trim();
    if (trimmed === '')
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('input-invalid', 'give the path of a file, an ARN, a family, or service:CLUSTER/SERVICE');
    if (trimmed.startsWith('service:'))
        return { kind: 'service', name: parseServiceName(trimmed.slice('service:'.length)) };
    if (/^arn:[^:]+:ecs:[^:]*:\d*:task-definition\/[\w-]+(:\d+)?$/.test(trimmed) ||
        /^[\w-]+(:\d+)?$/.test(trimmed))
        return { kind: 'registered', reference: trimmed };
    if (trimmed.startsWith('arn:'))
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('input-invalid', `"${trimmed}" is an ARN, but of no task definition`);
    return { kind: 'file', path: trimmed };
}
/**
 * @param text `CLUSTER/SERVICE`
 * @throws UserError `input-invalid`
 */
function parseServiceName(text) {
    const [cluster = '', service = '', ...rest] = text.trim().split('/');
    const isName = (name) => /^[\w-]{1,255}$/.test(name);
    if (rest.length === 0 && isName(cluster) && isName(service))
        return { cluster, service };
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('input-invalid', `expected CLUSTER/SERVICE, got "${text.trim()}"`);
}
/** A registered revision in the form of a parsed file, its tags kept and its read-only members dropped. */
function readRegistered({ taskDefinition, tags }) {
    const name = `${String(taskDefinition['family'])}:${String(taskDefinition['revision'])}`;
    const whole = tags.length === 0
        ? taskDefinition
        : { ...taskDefinition, tags: tags.map(({ key, value }) => ({ key, value })) };
    return {
        definition: (0,_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .readDefinition */ .Ud)(whole),
        fileName: name,
        isRegistered: true,
        notes: [],
        locate: () => undefined,
    };
}


/***/ }),

/***/ 7425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mz: () => (/* binding */ containersOf),
/* harmony export */   Pz: () => (/* binding */ readOnlyNames),
/* harmony export */   de: () => (/* binding */ containerNamesOf),
/* harmony export */   lK: () => (/* binding */ unwrapDescribeReply)
/* harmony export */ });
/* harmony import */ var _json_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7240);

function containersOf(definition) {
    return (0,_json_value_js__WEBPACK_IMPORTED_MODULE_0__/* .objectsAt */ .yR)(definition, 'containerDefinitions').map(({ index, item }) => ({
        index,
        name: (0,_json_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(item, 'name'),
        settings: item,
    }));
}
function containerNamesOf(definition) {
    return containersOf(definition).flatMap(({ name }) => name ?? []);
}
/**
 * The members that DescribeTaskDefinition adds and RegisterTaskDefinition refuses. A test holds this list against the SDK's
 * own model.
 */
const readOnlyNames = [
    'taskDefinitionArn',
    'revision',
    'status',
    'requiresAttributes',
    'compatibilities',
    'registeredAt',
    'deregisteredAt',
    'deleteRequestedAt',
    'registeredBy',
];
/** The reply of DescribeTaskDefinition keeps the tags beside the definition; RegisterTaskDefinition takes them inside. */
function unwrapDescribeReply(root) {
    const inner = root['taskDefinition'];
    if (!(0,_json_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(inner) || Object.hasOwn(root, 'containerDefinitions'))
        return undefined;
    const { tags } = root;
    return tags === undefined ? inner : { ...inner, tags };
}


/***/ }),

/***/ 8973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TT: () => (/* binding */ parseCpuUnits),
/* harmony export */   xJ: () => (/* binding */ explainFargateSize),
/* harmony export */   z1: () => (/* binding */ parseMemoryMib)
/* harmony export */ });
/**
 * CPU units of a task's `cpu`: ECS takes units (`1024`) and vCPUs (`1 vCPU`, `.5 vcpu`) and turns both into units.
 * Undefined when it is neither.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
function parseCpuUnits(text) {
    const match = /^\s*(\d*\.?\d+)\s*(vcpu)?\s*$/i.exec(text);
    return match === null ? undefined : toWhole(Number(match[1]) * (match[2] === undefined ? 1 : 1024));
}
/** MiB of a task's `memory`: ECS takes MiB (`2048`) and gigabytes (`2 GB`, `0.5GB`) and turns both into MiB. */
function parseMemoryMib(text) {
    const match = /^\s*(\d*\.?\d+)\s*(gb)?\s*$/i.exec(text);
    return match === null ? undefined : toWhole(Number(match[1]) * (match[2] === undefined ? 1 : 1024));
}
function toWhole(value) {
    return Number.isInteger(value) ? value : undefined;
}
const gib = 1024;
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html. The smallest size also takes
// 512 MiB, the only value that is no whole GB.
const fargateSizes = [
    { cpuUnits: 256, minimumMib: 512, maximumMib: 2 * gib, stepMib: gib },
    { cpuUnits: 512, minimumMib: gib, maximumMib: 4 * gib, stepMib: gib },
    { cpuUnits: 1024, minimumMib: 2 * gib, maximumMib: 8 * gib, stepMib: gib },
    { cpuUnits: 2048, minimumMib: 4 * gib, maximumMib: 16 * gib, stepMib: gib },
    { cpuUnits: 4096, minimumMib: 8 * gib, maximumMib: 30 * gib, stepMib: gib },
    { cpuUnits: 8192, minimumMib: 16 * gib, maximumMib: 60 * gib, stepMib: 4 * gib },
    { cpuUnits: 16384, minimumMib: 32 * gib, maximumMib: 120 * gib, stepMib: 8 * gib },
];
/** What is wrong with a pair of task sizes on Fargate, or undefined. */
function explainFargateSize(cpuUnits, memoryMib) {
    const size = fargateSizes.find((candidate) => candidate.cpuUnits === cpuUnits);
    if (size === undefined)
        return `Fargate has no cpu ${cpuUnits}; legal: ${fargateSizes.map((legal) => legal.cpuUnits).join(', ')}`;
    const isLegal = memoryMib >= size.minimumMib &&
        memoryMib <= size.maximumMib &&
        (memoryMib === size.minimumMib || memoryMib % size.stepMib === 0);
    if (isLegal)
        return undefined;
    return `Fargate has no memory ${memoryMib} with cpu ${cpuUnits}; legal: ${sayLegalMemory(size)}`;
}
function sayLegalMemory({ minimumMib, maximumMib, stepMib }) {
    if (minimumMib < gib)
        return `${minimumMib}, ${gib}, ${maximumMib}`;
    return `${minimumMib} to ${maximumMib} in steps of ${stepMib}`;
}


/***/ }),

/***/ 5455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ readRenderTaskdefInputs)
});

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/taskdef/assignment.js

/**
 * Reads `NAME=value` lines, split at the first `=`, so that values keep all the others. A value of several lines is written
 * as in GITHUB_ENV: `NAME<<END`, the lines, `END` on a line of its own. Blank lines are dropped; names are trimmed.
 *
 * @throws UserError `input-invalid` that names every line with neither form, and never a value
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
function parseAssignments(text) {
    const lines = text.split(/\r?\n/);
    const assignments = [];
    const problems = [];
    for (let at = 0; at < lines.length; at += 1) {
        const line = (lines[at] ?? '').trim();
        if (line === '')
            continue;
        const block = /^([^=]+?)\s*<<\s*(\S+)$/.exec(line);
        const end = block === null ? at : lines.findIndex((other, index) => index > at && other.trim() === block[2]);
        const equals = line.indexOf('=');
        const key = (block?.[1] ?? line.slice(0, Math.max(equals, 0))).trim();
        if (end < 0)
            problems.push(`line ${at + 1}: the value that ends at a line "${block?.[2]}" has no such line`);
        else if (key === '' || /[\s#]/.test(key))
            problems.push(`line ${at + 1}: ${sayNoAssignment(line, equals)}`);
        else if (block === null)
            assignments.push({ key, value: line.slice(equals + 1) });
        else
            assignments.push({ key, value: lines.slice(at + 1, end).join('\n') });
        at = end < 0 ? lines.length : end;
    }
    if (problems.length > 0)
        throw new user_error/* UserError */.y('input-invalid', problems.join('; '));
    return assignments;
}
function sayNoAssignment(line, equals) {
    if (line.startsWith('#'))
        return 'comments are not possible here, as values may hold a "#"';
    if (equals < 0)
        return 'expected NAME=value, found no "="';
    return equals === 0 ? 'there is no name before the "="' : 'a name holds no blank and no "#"';
}

// EXTERNAL MODULE: ./lib/taskdef/registered.js
var registered = __webpack_require__(2130);
;// CONCATENATED MODULE: ./render-taskdef/inputs.js


function readRenderTaskdefInputs(input) {
    const assignments = (name) => input.parsed(name, parseAssignments, []);
    return {
        source: readSource(input),
        compareWith: input.optionalText('compare-with') === undefined
            ? undefined
            : input.parsed('compare-with', registered/* parseServiceName */.qE, undefined),
        settings: {
            variables: assignments('variables'),
            strict: input.bool('strict'),
            overrides: {
                images: assignments('images'),
                environment: assignments('environment'),
                environmentMode: input.oneOf('environment-mode', ['merge', 'replace']),
                environmentRemove: input.lines('environment-remove'),
                secrets: assignments('secrets'),
                tags: assignments('tags'),
                family: input.optionalText('family'),
                cpu: input.optionalText('cpu'),
                memory: input.optionalText('memory'),
            },
        },
    };
}
function readSource(input) {
    const nowhere = { kind: 'file', path: '' };
    return input.text('task-definition') === ''
        ? nowhere
        : input.parsed('task-definition', registered/* parseSource */.PJ, nowhere);
}


/***/ }),

/***/ 7696:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _lib_aws_task_definition_registry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4470);
/* harmony import */ var _lib_aws_task_definition_shape_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(960);
/* harmony import */ var _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3562);
/* harmony import */ var _lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40);
/* harmony import */ var _lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(356);
/* harmony import */ var _lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8278);
/* harmony import */ var _lib_runner_temporary_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8392);
/* harmony import */ var _lib_runner_workspace_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7922);
/* harmony import */ var _lib_taskdef_parse_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2563);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5455);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2965);











await (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_4__/* .runAction */ .C)({
    async main() {
        const { outputs, summary } = await (0,_run_js__WEBPACK_IMPORTED_MODULE_9__/* .runRenderTaskdef */ .m)((0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_4__/* .readActionInputs */ .U)(_inputs_js__WEBPACK_IMPORTED_MODULE_8__/* .readRenderTaskdefInputs */ .o), {
            readFile: (path) => (0,_lib_runner_workspace_file_js__WEBPACK_IMPORTED_MODULE_6__/* .readWorkspaceFile */ .s)(path, 'task definition', _lib_taskdef_parse_js__WEBPACK_IMPORTED_MODULE_7__/* .maximumFileBytes */ .WH),
            // Values of the environment may be private to the job.
            writeTaskDefinition: (json) => (0,_lib_runner_temporary_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writeTemporaryFile */ .j)('taskdef', 'task-definition.json', json),
            registered: (0,_lib_aws_task_definition_registry_js__WEBPACK_IMPORTED_MODULE_0__/* .createRegisteredTaskDefinitions */ .q)(),
            shape: (0,_lib_aws_task_definition_shape_js__WEBPACK_IMPORTED_MODULE_10__/* .readTaskDefinitionShape */ .O)(),
            log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_1__/* .jobLog */ .Wh,
        });
        (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_3__/* .setOutputs */ .n0)(outputs);
        await (0,_lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .writeJobSummary */ .j)(summary);
    },
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 2965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ runRenderTaskdef)
});

// EXTERNAL MODULE: ./lib/taskdef/canonical.js
var canonical = __webpack_require__(2694);
// EXTERNAL MODULE: ./lib/taskdef/json-value.js
var json_value = __webpack_require__(7240);
;// CONCATENATED MODULE: ./lib/taskdef/diff.js


/**
 * What changes when `after` takes the place of `before`, by meaning: ECS's defaults, read-only members, tags and the order
 * of lists that have none do not show. Empty exactly when `equalTaskDefinitions` holds.
 */
function diffTaskDefinitions(before, after) {
    const { containerDefinitions: oldContainers, ...oldTask } = (0,canonical/* canonicalTaskDefinition */.HD)(before);
    const { containerDefinitions: newContainers, ...newTask } = (0,canonical/* canonicalTaskDefinition */.HD)(after);
    const differences = [
        ...diffSettings(oldTask, newTask, undefined, ''),
        ...diffContainers(keyed(oldContainers), keyed(newContainers)),
    ];
    // Two containers of one name, or a list where ECS has none, escape the comparison by name; ECS refuses both.
    const isMissed = differences.length === 0 && (0,canonical/* sortedText */.Bl)(oldContainers ?? []) !== (0,canonical/* sortedText */.Bl)(newContainers ?? []);
    return isMissed
        ? [settingDifference(undefined, 'containerDefinitions', oldContainers, newContainers)]
        : differences;
}
function diffContainers(before, after) {
    return bothKeys(before, after).flatMap((container) => {
        const old = before.get(container);
        const fresh = after.get(container);
        if (!(0,json_value/* isObject */.Gv)(old))
            return [{ kind: 'container', change: 'added', container }];
        if (!(0,json_value/* isObject */.Gv)(fresh))
            return [{ kind: 'container', change: 'removed', container }];
        const { environment: oldVariables, secrets: oldSecrets, ...oldSettings } = old;
        const { environment: newVariables, secrets: newSecrets, ...newSettings } = fresh;
        return [
            ...diffSettings(oldSettings, newSettings, container, ''),
            ...diffNames('variable', container, oldVariables, newVariables),
            ...diffNames('secret', container, oldSecrets, newSecrets),
        ];
    });
}
function diffNames(kind, container, before, after) {
    const old = grouped(before);
    const fresh = grouped(after);
    return bothKeys(old, fresh).flatMap((name) => {
        const change = changeOf(old.get(name), fresh.get(name));
        return change === undefined ? [] : [{ kind, change, container, name }];
    });
}
function diffSettings(before, after, container, prefix) {
    const old = new Map(Object.entries(before));
    const fresh = new Map(Object.entries(after));
    return bothKeys(old, fresh).flatMap((name) => {
        const [a, b] = [old.get(name), fresh.get(name)];
        const setting = `${prefix}${name}`;
        if (changeOf(a, b) === undefined)
            return [];
        const [inA, inB] = [innerOf(a), innerOf(b)];
        if (inA !== undefined && inB !== undefined)
            return diffSettings(inA, inB, container, `${setting}.`);
        return [settingDifference(container, setting, a, b)];
    });
}
function settingDifference(container, setting, before, after) {
    const isHidden = setting.split('.').some((name) => hiddenNames.has(name));
    return {
        kind: 'setting',
        container,
        setting,
        before: isHidden ? undefined : say(before),
        after: isHidden ? undefined : say(after),
        change: changeOf(before, after) ?? 'changed',
    };
}
// Log drivers take tokens in their options (`splunk-token`), volume drivers passwords, and labels whatever people put there.
const hiddenNames = new Set([
    'dockerLabels',
    'driverOpts',
    'environment',
    'labels',
    'options',
    'properties',
    'secretOptions',
    'secrets',
]);
function holdsHidden(value) {
    if ((0,json_value/* isList */.Lv)(value))
        return value.some(holdsHidden);
    return ((0,json_value/* isObject */.Gv)(value) &&
        Object.entries(value).some(([name, item]) => hiddenNames.has(name) || holdsHidden(item)));
}
/** The members of an object, or of a list by the names of its items; undefined for all else. */
function innerOf(value) {
    if ((0,json_value/* isObject */.Gv)(value))
        return value;
    if (!(0,json_value/* isList */.Lv)(value) || value.length === 0)
        return undefined;
    const names = value.map((item) => ((0,json_value/* isObject */.Gv)(item) ? (0,json_value/* textAt */.$6)(item, 'name') : undefined));
    if (names.includes(undefined) || new Set(names).size < names.length)
        return undefined;
    return Object.fromEntries(value.map((item, index) => [String(names[index]), item]));
}
function keyed(value) {
    const items = (0,json_value/* isList */.Lv)(value) ? value : [];
    return new Map(items.map((item, index) => [((0,json_value/* isObject */.Gv)(item) ? (0,json_value/* textAt */.$6)(item, 'name') : undefined) ?? `#${index}`, item]));
}
// All entries of one name together, in their order: of equal names the last one wins.
function grouped(value) {
    const groups = new Map();
    for (const item of (0,json_value/* isList */.Lv)(value) ? value : []) {
        const name = ((0,json_value/* isObject */.Gv)(item) ? (0,json_value/* textAt */.$6)(item, 'name') : undefined) ?? '';
        groups.set(name, [...(groups.get(name) ?? []), item]);
    }
    return groups;
}
function changeOf(before, after) {
    if (before === undefined)
        return after === undefined ? undefined : 'added';
    if (after === undefined)
        return 'removed';
    return (0,canonical/* sortedText */.Bl)(before) === (0,canonical/* sortedText */.Bl)(after) ? undefined : 'changed';
}
function bothKeys(a, b) {
    return [...new Set([...a.keys(), ...b.keys()])];
}
function say(value) {
    if (value === undefined || holdsHidden(value))
        return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
}

// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
;// CONCATENATED MODULE: ./lib/taskdef/diff-report.js

const sign = { added: '+', changed: '~', removed: '-' };
/** One line for each difference, as in `~ web image: shop:1 → shop:2`, for a log or an output. */
function sayDifferences(differences) {
    return differences.map((difference) => (0,remote_text/* cleanRemoteLine */.K)(`${sign[difference.change]} ${diff_report_say(difference)}`));
}
function diff_report_say(difference) {
    switch (difference.kind) {
        case 'container':
            return `container ${difference.container}`;
        case 'variable':
            return `${difference.container} environment ${difference.name}`;
        case 'secret':
            return `${difference.container} secret ${difference.name}`;
        case 'setting': {
            const { container, setting, before, after } = difference;
            const where = container === undefined ? `task ${setting}` : `${container} ${setting}`;
            if (before !== undefined && after !== undefined)
                return `${where}: ${before} → ${after}`;
            const value = before ?? after;
            return value === undefined ? where : `${where}: ${value}`;
        }
    }
}

// EXTERNAL MODULE: ./lib/taskdef/parse.js + 3 modules
var parse = __webpack_require__(2563);
// EXTERNAL MODULE: ./lib/taskdef/registered.js
var taskdef_registered = __webpack_require__(2130);
// EXTERNAL MODULE: ./lib/taskdef/check.js + 5 modules
var check = __webpack_require__(687);
// EXTERNAL MODULE: ./lib/taskdef/finding.js
var finding = __webpack_require__(2729);
;// CONCATENATED MODULE: ./lib/taskdef/named-entries.js

/**
 * Sets entries in place where their name is there, else at the end, and takes out the names in `gone`. Of several entries
 * of a name that is set, the first stays. Entries of another form stay too: what is wrong with them is reported elsewhere.
 */
function setNamedEntries(entries, form, values, gone) {
    const { nameMember, valueMember } = form;
    const placed = new Set();
    const kept = entries.flatMap((entry) => {
        const name = (0,json_value/* isObject */.Gv)(entry) ? (0,json_value/* textAt */.$6)(entry, nameMember) : undefined;
        if (name === undefined)
            return [entry];
        const value = values.get(name);
        if (gone.has(name) || placed.has(name))
            return [];
        if (value === undefined)
            return [entry];
        placed.add(name);
        return [{ [nameMember]: name, [valueMember]: value }];
    });
    const added = [...values].filter(([name]) => !placed.has(name));
    return [...kept, ...added.map(([name, value]) => ({ [nameMember]: name, [valueMember]: value }))];
}

// EXTERNAL MODULE: ./lib/taskdef/problem.js
var problem = __webpack_require__(1251);
;// CONCATENATED MODULE: ./lib/taskdef/container-override.js



/**
 * A copy of the container with its edits. A variable and a secret of one name exclude each other in ECS, so the one that is
 * set takes the other's place.
 */
function editContainer(settings, container, edits) {
    const image = edits.images.get(container);
    const withImage = image === undefined ? settings : (0,json_value/* withMembers */.gn)(settings, { image });
    const variables = valuesOf(edits.environment, container);
    const secrets = valuesOf(edits.secrets, container);
    const removed = valuesOf(edits.removed, container);
    if (variables.size + secrets.size + removed.size === 0)
        return withImage;
    const environment = setNamedEntries(edits.isReplacing && variables.size > 0 ? [] : (0,json_value/* listAt */.gT)(settings, 'environment'), { nameMember: 'name', valueMember: 'value' }, variables, new Set([...removed.keys(), ...secrets.keys()]));
    const secretList = setNamedEntries((0,json_value/* listAt */.gT)(settings, 'secrets'), { nameMember: 'name', valueMember: 'valueFrom' }, secrets, new Set([...removed.keys(), ...variables.keys()]));
    // An empty list appears only where the file had a list.
    const lists = Object.entries({ environment, secrets: secretList }).filter(([name, list]) => list.length > 0 || Object.hasOwn(settings, name));
    return (0,json_value/* withMembers */.gn)(withImage, Object.fromEntries(lists));
}
/** Notes as problems what one input says twice, or two inputs say differently. */
function refuseContradictions(edits, problems) {
    const seen = new Map();
    const inputs = [
        ['environment', edits.environment],
        ['secrets', edits.secrets],
        ['environment-remove', edits.removed],
    ];
    for (const [input, targets] of inputs) {
        for (const { container, name } of targets) {
            const id = `${container}.${name}`;
            const other = seen.get(id);
            seen.set(id, input);
            if (other === input)
                problems.push((0,problem/* inputProblem */.o)(input, `"${id}" is given twice`));
            else if (other !== undefined)
                problems.push((0,problem/* inputProblem */.o)(input, `"${id}" is also given by "${other}"`));
        }
    }
}
function valuesOf(targets, container) {
    const mine = targets.filter((target) => target.container === container);
    return new Map(mine.map(({ name, value }) => [name, value]));
}

// EXTERNAL MODULE: ./lib/message/nearest-name.js
var nearest_name = __webpack_require__(6765);
;// CONCATENATED MODULE: ./lib/taskdef/target.js


function createTargets(containers, deployed, problems) {
    const everywhere = deployed.length > 0 ? deployed : [...new Set(containers)];
    const expectContainer = (input, name, hint = '') => {
        if (containers.includes(name))
            return true;
        problems.push((0,problem/* inputProblem */.o)(input, `${sayUnknownContainer(name, containers)}${hint}`));
        return false;
    };
    return {
        expectContainer: (input, name) => expectContainer(input, name),
        assign: (input, assignments, isDestructive) => assignments.flatMap(({ key, value }) => {
            const dot = key.indexOf('.');
            if (dot >= 0) {
                const container = key.slice(0, dot);
                const name = key.slice(dot + 1);
                const hint = '; a name that holds a dot itself is written with its container in front';
                if (!expectContainer(input, container, hint))
                    return [];
                if (name !== '')
                    return [{ container, name, value }];
                problems.push((0,problem/* inputProblem */.o)(input, `"${key}" has no name behind the dot`));
                return [];
            }
            if (isDestructive && everywhere.length > 1 && deployed.length === 0) {
                problems.push((0,problem/* inputProblem */.o)(input, `say which container "${key}" belongs to, as in ${containers[0]}.${key}: replacing would empty the others (${containers.join(', ')})`));
                return [];
            }
            return everywhere.map((container) => ({ container, name: key, value }));
        }),
    };
}
function sayUnknownContainer(name, containers) {
    const meant = (0,nearest_name/* nearestName */.q)(name, containers);
    const help = meant !== undefined
        ? `did you mean "${meant}"?`
        : containers.length > 0
            ? `there are: ${containers.join(', ')}`
            : 'there is none';
    return `the task definition has no container "${name}"; ${help}`;
}

// EXTERNAL MODULE: ./lib/taskdef/task-definition.js
var task_definition = __webpack_require__(7425);
;// CONCATENATED MODULE: ./lib/taskdef/override.js






/** Sets what the inputs say in a copy of the definition. Everything else, and every order, stays as it is. */
function overrideTaskDefinition(definition, overrides) {
    const problems = [];
    const edits = readEdits(definition, overrides, problems);
    refuseContradictions(edits, problems);
    const taken = edits.removed.filter((target) => isSet(definition, target));
    for (const name of new Set(edits.removed.map((target) => target.name)))
        if (!taken.some((target) => target.name === name))
            problems.push(nothingToRemove(name));
    if (edits.isReplacing && overrides.environment.length === 0)
        problems.push((0,problem/* inputProblem */.o)('environment-mode', 'replace needs the variables to keep, in "environment"'));
    const containers = definition['containerDefinitions'];
    const tags = readTags(overrides.tags, problems);
    const { family, cpu, memory } = overrides;
    const task = Object.entries({ family, cpu, memory }).filter((entry) => entry[1] !== undefined);
    return {
        definition: (0,json_value/* withMembers */.gn)(definition, {
            ...Object.fromEntries(task),
            ...((0,json_value/* isList */.Lv)(containers)
                ? { containerDefinitions: containers.map((container) => editNamed(container, edits)) }
                : {}),
            ...(tags.size === 0 ? {} : { tags: setTags(definition, tags) }),
        }),
        changes: [
            ...task.map(([name, value]) => ({ kind: 'task', name, value })),
            ...[...tags.keys()].map((name) => ({ kind: 'tag', name })),
            ...listChanges({ ...edits, removed: taken }),
        ],
        problems,
    };
}
function readEdits(definition, overrides, problems) {
    const names = (0,task_definition/* containerNamesOf */.de)(definition);
    const images = readImages(names, overrides.images, problems);
    const targets = createTargets(names, [...images.keys()], problems);
    const isReplacing = overrides.environmentMode === 'replace';
    const secrets = overrides.secrets.map(({ key, value }) => ({ key, value: value.trim() }));
    for (const { key } of secrets.filter(({ value }) => value === ''))
        problems.push((0,problem/* inputProblem */.o)('secrets', `the ARN of "${key}" is empty; check the step output it comes from`));
    const removed = overrides.environmentRemove.map((key) => ({ key, value: '' }));
    return {
        images,
        isReplacing,
        environment: targets.assign('environment', overrides.environment, isReplacing),
        secrets: targets.assign('secrets', secrets, false),
        removed: targets.assign('environment-remove', removed, false),
    };
}
function nothingToRemove(name) {
    return {
        kind: 'advice',
        path: [],
        message: `there is no "${name}" that environment-remove could take out`,
    };
}
function isSet(definition, { container, name }) {
    return (0,task_definition/* containersOf */.Mz)(definition).some(({ name: containerName, settings }) => containerName === container &&
        [...(0,json_value/* objectsAt */.yR)(settings, 'environment'), ...(0,json_value/* objectsAt */.yR)(settings, 'secrets')].some(({ item }) => (0,json_value/* textAt */.$6)(item, 'name') === name));
}
function readImages(containers, images, problems) {
    const { expectContainer } = createTargets(containers, [], problems);
    const read = new Map();
    for (const { key, value } of images) {
        const image = value.trim();
        if (!expectContainer('images', key))
            continue;
        if (read.has(key))
            problems.push((0,problem/* inputProblem */.o)('images', `container "${key}" is given two images`));
        else if (image === '')
            problems.push((0,problem/* inputProblem */.o)('images', `the image of "${key}" is empty; check the step output it comes from`));
        else if (/\s/.test(image))
            problems.push((0,problem/* inputProblem */.o)('images', `the image of "${key}" holds a blank`));
        else
            read.set(key, image);
    }
    return read;
}
function readTags(tags, problems) {
    const read = new Map();
    for (const { key, value } of tags) {
        if (read.has(key))
            problems.push((0,problem/* inputProblem */.o)('tags', `"${key}" is given twice`));
        read.set(key, value.trim());
    }
    return read;
}
function setTags(definition, tags) {
    const form = { nameMember: 'key', valueMember: 'value' };
    return setNamedEntries((0,json_value/* listAt */.gT)(definition, 'tags'), form, tags, new Set());
}
function editNamed(container, edits) {
    const name = (0,json_value/* isObject */.Gv)(container) ? (0,json_value/* textAt */.$6)(container, 'name') : undefined;
    return (0,json_value/* isObject */.Gv)(container) && name !== undefined ? editContainer(container, name, edits) : container;
}
function listChanges({ images, environment, secrets, removed }) {
    const named = (kind, targets) => targets.map(({ container, name }) => ({ kind, container, name }));
    return [
        ...[...images].map(([container, image]) => ({ kind: 'image', container, image })),
        ...named('variable', environment),
        ...named('secret', secrets),
        ...named('removed', removed),
    ];
}

// EXTERNAL MODULE: ./lib/taskdef/structure-check.js
var structure_check = __webpack_require__(416);
;// CONCATENATED MODULE: ./lib/taskdef/variables.js


const placeholder = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
/**
 * Puts the variables' values in the place of `${NAME}`, in every text and key of the file. There is no other form, and a
 * value is never looked through again. Where ECS wants a number or a flag, a text that is one placeholder becomes that
 * (`"memory": "${MEMORY}"`). Without variables the file is taken as it is: shell commands may mean `${HOME}` literally.
 */
function fillVariables(definition, variables, shape) {
    const problems = [];
    const values = new Map();
    for (const { key, value } of variables) {
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
            problems.push((0,problem/* inputProblem */.o)('variables', `"${key}" is no name; use letters, digits and underscores`));
        if (values.has(key))
            problems.push((0,problem/* inputProblem */.o)('variables', `"${key}" is given twice`));
        values.set(key, value);
    }
    if (values.size === 0)
        return { definition, problems, unused: [] };
    const fill = { values, used: new Set(), problems };
    const filled = fillMembers(definition, shape, [], fill);
    return { definition: filled, problems, unused: [...values.keys()].filter((name) => !fill.used.has(name)) };
}
function fillMembers(object, shape, path, fill) {
    const entries = Object.entries(object).map(([key, value]) => {
        const here = [...path, key];
        return [fillText(key, here, fill), fillValue(value, memberShape(shape, key), here, fill)];
    });
    return Object.fromEntries(entries);
}
function memberShape(shape, key) {
    if (shape?.kind === 'structure')
        return shape.members.get(key);
    return shape?.kind === 'map' || shape?.kind === 'list' ? shape.of : undefined;
}
function fillValue(value, shape, path, fill) {
    if ((0,json_value/* isObject */.Gv)(value))
        return fillMembers(value, shape, path, fill);
    if ((0,json_value/* isList */.Lv)(value))
        return value.map((item, index) => fillValue(item, memberShape(shape, ''), [...path, index], fill));
    if (typeof value !== 'string')
        return value;
    const text = fillText(value, path, fill);
    const isWhole = value.replace(placeholder, '') === '' && text !== value;
    if (isWhole && shape?.kind === 'number' && /^-?\d+$/.test(text))
        return Number(text);
    if (isWhole && shape?.kind === 'flag' && (text === 'true' || text === 'false'))
        return text === 'true';
    return text;
}
function fillText(text, path, fill) {
    return text.replace(placeholder, (whole, name) => {
        const value = fill.values.get(name);
        fill.used.add(name);
        if (value === undefined)
            fill.problems.push((0,problem/* rule */.H)(path, `${whole} is not defined; add a line ${name}=… to the input "variables"`));
        return value ?? whole;
    });
}
// Members in which ECS could never mean a placeholder literally.
const literalNames = ['image', 'family', 'taskRoleArn', 'executionRoleArn', 'valueFrom'];
/** Placeholders left in a file that no variables were given for: an error where they cannot be meant, else advice. */
function checkPlaceholders(definition) {
    const problems = [];
    const visit = (value, path) => {
        if ((0,json_value/* isObject */.Gv)(value))
            for (const [key, item] of Object.entries(value))
                visit(item, [...path, key]);
        // Commands are for a shell, which knows ${NAME} itself.
        if ((0,json_value/* isList */.Lv)(value) && !['command', 'entryPoint'].includes(String(path.at(-1))))
            for (const [index, item] of value.entries())
                visit(item, [...path, index]);
        const found = typeof value === 'string' ? value.match(placeholder)?.[0] : undefined;
        if (found === undefined)
            return;
        const isCertain = literalNames.includes(String(path.at(-1)));
        const message = `${found} is taken literally, as the input "variables" is empty`;
        problems.push({ kind: isCertain ? 'rule' : 'advice', path, message });
    };
    visit(definition, []);
    return problems;
}

;// CONCATENATED MODULE: ./lib/taskdef/render.js






/**
 * Makes the task definition to register: fills the variables, sets what the inputs say, and checks the outcome.
 *
 * @throws UserError `task-definition-invalid` that names every problem of file and inputs at once
 */
function renderTaskDefinition(source, settings, shape) {
    const filled = fillVariables(source.definition, settings.variables, shape);
    const { definition, changes, problems } = overrideTaskDefinition(filled.definition, settings.overrides);
    const mayForgetVariables = settings.variables.length === 0 && !source.isRegistered;
    const leftOver = mayForgetVariables ? checkPlaceholders(source.definition) : [];
    const ofFile = [...filled.problems, ...leftOver, ...(0,structure_check/* checkStructure */.w)(filled.definition, shape)];
    const findings = [
        ...(0,finding/* locateProblems */.DO)(ofFile.filter((problem) => !isOverridden(problem, filled.definition, definition)), filled.definition, source),
        ...(0,finding/* locateProblems */.DO)([...problems, ...(0,check/* checkRules */.M)(definition)], definition, source),
    ];
    const warnings = (0,finding/* refuseFindings */.xP)(findings, source.fileName, settings.strict);
    const unused = filled.unused.map((name) => `input "variables": \${${name}} stands nowhere in ${source.fileName}`);
    return {
        definition: orderMembers(definition, shape),
        changes,
        warnings: [...warnings, ...unused],
    };
}
/** The JSON of a task definition, as it is written to a file: two spaces, members in the order of ECS's documentation. */
function formatTaskDefinition(definition) {
    return `${JSON.stringify(definition, null, 2)}\n`;
}
// An input has set what the file lacks or has wrong. Entries of `environment` and `secrets` may have moved, so a problem
// inside these lists always counts.
function isOverridden({ path }, before, after) {
    if (path.includes('environment') || path.includes('secrets'))
        return false;
    return path.length > 0 && valueAt(before, path) !== valueAt(after, path);
}
function valueAt(root, path) {
    let value = root;
    for (const step of path)
        value =
            typeof value === 'object' && value !== null
                ? value[step]
                : undefined;
    return value;
}
/** Members in the order of the model, then unknown ones and map entries by name; lists keep theirs. */
function orderMembers(value, shape) {
    if ((0,json_value/* isList */.Lv)(value)) {
        const itemShape = shape?.kind === 'list' ? shape.of : undefined;
        return value.map((item) => orderMembers(item, itemShape));
    }
    if (!(0,json_value/* isObject */.Gv)(value))
        return value;
    const members = shape?.kind === 'structure' ? shape.members : new Map();
    const known = [...members.keys()].filter((name) => Object.hasOwn(value, name));
    const others = Object.keys(value)
        .filter((name) => !members.has(name))
        .sort();
    const inner = (name) => (shape?.kind === 'map' ? shape.of : members.get(name));
    return Object.fromEntries([...known, ...others].map((name) => [name, orderMembers(value[name], inner(name))]));
}

;// CONCATENATED MODULE: ./lib/taskdef/render-report.js


/** The log's lines of what a rendering set: images and sizes in full, of everything else the names. */
function sayChanges(changes) {
    if (changes.length === 0)
        return ['Nothing to set: the task definition is as its source has it.'];
    return rowsOf(changes).map(([where, what, value]) => (0,remote_text/* cleanRemoteLine */.K)(`${where} ${what}: ${value.join(', ')}`));
}
/** GitHub-flavoured Markdown for the job summary. */
function describeRendering(family, changes, comparison) {
    const rows = rowsOf(changes).map(([where, what, value]) => `| ${cell(where)} | ${what} | ${value.map((text) => code(text)).join(', ')} |`);
    const table = rows.length === 0 ? ['Nothing was set.'] : ['| container | set | to |', '| - | - | - |', ...rows];
    return [`### Task definition ${code(family)}`, '', ...table, ...describeComparison(comparison)].join('\n');
}
function describeComparison(comparison) {
    if (comparison === undefined)
        return [];
    const { subject, differences } = comparison;
    if (differences.length === 0)
        return ['', `The same as ${code(subject)}.`];
    // GitHub colours lines that start with + and -; it knows no ~, so a changed line is marked by an exclamation mark.
    const lines = sayDifferences(differences).map((line) => line.replace(/^~/, '!').replaceAll('```', "'''"));
    return ['', `Compared with ${code(subject)}:`, '', '```diff', ...lines, '```'];
}
const titles = {
    image: 'image',
    variable: 'environment',
    secret: 'secrets',
    removed: 'removed',
};
/** One row for each container and kind, in the order in which they first appear. */
function rowsOf(changes) {
    const rows = new Map();
    for (const change of changes) {
        const [where, what, value] = cellsOf(change);
        const key = `${where}\n${what}`;
        const row = rows.get(key) ?? [where, what, []];
        row[2].push(value);
        rows.set(key, row);
    }
    return [...rows.values()];
}
function cellsOf(change) {
    switch (change.kind) {
        case 'task':
            return ['(task)', change.name, change.value];
        case 'tag':
            return ['(task)', 'tags', change.name];
        case 'image':
            return [change.container, titles.image, change.image];
        case 'variable':
        case 'secret':
        case 'removed':
            return [change.container, titles[change.kind], change.name];
    }
}
function code(text) {
    return `\`${cell(text).replaceAll('`', "'")}\``;
}
function cell(text) {
    return (0,remote_text/* cleanRemoteLine */.K)(text).replaceAll('|', '\\|');
}

;// CONCATENATED MODULE: ./render-taskdef/run.js






/**
 * Reads a task definition, sets what the inputs say, checks the outcome and writes it to a file.
 *
 * @throws UserError that names every problem at once; nothing is written then
 */
async function runRenderTaskdef({ source, settings, compareWith }, ports) {
    const { log } = ports;
    const parsed = await readSource(source, ports);
    for (const note of parsed.notes)
        log.info(note);
    const { definition, changes, warnings } = renderTaskDefinition(parsed, settings, ports.shape);
    if (warnings.length > 0)
        log.warning(warnings.join('\n'));
    for (const line of sayChanges(changes))
        log.info(line);
    const comparison = await compare(definition, parsed, source, compareWith, ports.registered);
    if (comparison !== undefined)
        reportComparison(comparison, log);
    const path = await ports.writeTaskDefinition(formatTaskDefinition(definition));
    const family = String(definition['family']);
    log.info(`Rendered the task definition ${family} to ${path}`);
    return {
        outputs: {
            'task-definition': path,
            family,
            changed: comparison === undefined ? undefined : String(comparison.differences.length > 0),
            diff: comparison === undefined ? undefined : sayDifferences(comparison.differences).join('\n'),
        },
        summary: describeRendering(family, changes, comparison),
    };
}
async function readSource(source, ports) {
    switch (source.kind) {
        case 'file':
            return (0,parse/* parseTaskDefinition */.Id)(await ports.readFile(source.path), source.path);
        case 'registered':
            return (0,taskdef_registered/* readRegistered */.vv)(await ports.registered.describe(source.reference));
        case 'service':
            return (0,taskdef_registered/* readRegistered */.vv)(await ports.registered.describe(await ports.registered.findOfService(source.name)));
    }
}
async function compare(definition, parsed, source, compareWith, registered) {
    if (compareWith === undefined) {
        if (source.kind === 'file')
            return undefined;
        return { subject: parsed.fileName, differences: diffTaskDefinitions(parsed.definition, definition) };
    }
    const current = (0,taskdef_registered/* readRegistered */.vv)(await registered.describe(await registered.findOfService(compareWith)));
    return {
        subject: `${current.fileName} of ${compareWith.cluster}/${compareWith.service}`,
        differences: diffTaskDefinitions(current.definition, definition),
    };
}
function reportComparison({ subject, differences }, log) {
    if (differences.length === 0)
        log.info(`No difference from ${subject}`);
    else
        log.group(`${differences.length} differences from ${subject}`, sayDifferences(differences));
}


/***/ })

};
