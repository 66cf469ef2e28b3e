export const id = 959;
export const ids = [959];
export const modules = {

/***/ 3959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loadTaskDefinition: () => (/* binding */ loadTaskDefinition)
/* harmony export */ });
/* harmony import */ var _taskdef_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2729);
/* harmony import */ var _taskdef_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2563);
/* harmony import */ var _task_definition_shape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(960);



/**
 * Reads a task definition file and checks it against the model of the SDK that will send it. Load this module only when
 * there is a file: it brings the parsers. Keys the SDK does not know are errors, as it would drop them without a word.
 *
 * @throws UserError `task-definition-invalid` that names every problem with file, line and column
 */
async function loadTaskDefinition(path, readFile, log) {
    const source = (0,_taskdef_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTaskDefinition */ .Id)(await readFile(path, 'task definition', _taskdef_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .maximumFileBytes */ .WH), path);
    for (const note of source.notes)
        log.info(note);
    const warnings = (0,_taskdef_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseInvalidTaskDefinition */ .kb)(source, (0,_task_definition_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .readTaskDefinitionShape */ .O)(), true);
    for (const warning of warnings)
        log.warning(warning);
    return source.definition;
}


/***/ })

};
