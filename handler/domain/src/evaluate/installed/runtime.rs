//! `importlib`, `asyncio`, `inspect`, `time`: what runs the author's file.

use super::Made;
use crate::evaluate::call::{self, Args};
use crate::evaluate::function::Code;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{attribute, files, import, items, loading, path};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "asyncio.run"
        | "asyncio.ensure_future"
        | "asyncio.create_task"
        | "asyncio.wait_for"
        | "asyncio.shield" => args.positional.first().cloned().unwrap_or(Value::None),
        "asyncio.gather" => Value::list(args.positional.clone()),
        "anyio.run" | "anyio.from_thread.run" | "asyncio.to_thread" => {
            let Some((callee, given)) = args.positional.split_first() else { return Ok(None) };
            call::value(machine, callee, Args::of(given.to_vec()))?
        }
        "importlib.import_module" => imported(machine, args)?,
        "pkgutil.iter_modules" => modules(machine, args)?,
        "importlib.util.find_spec" | "importlib.find_loader" => {
            let name = args.text("name", 0).unwrap_or_default();
            if import::is_there(machine, &name) {
                files::object(machine.at, "importlib.Spec", [("name", Value::Text(name))])
            } else {
                Value::None
            }
        }
        "importlib.util.spec_from_file_location" => spec(machine, args),
        "importlib.util.module_from_spec" => of_spec(machine, args)?,
        "importlib.metadata.version" | "importlib_metadata.version" => {
            match args.text("distribution_name", 0).as_deref() {
                Some("prefect") => Value::text(machine.settings.dialect.version().to_string()),
                _ => machine.unknown("the version of a package"),
            }
        }
        "asyncio.new_event_loop" | "asyncio.get_event_loop" | "asyncio.get_running_loop" => {
            files::object(machine.at, "asyncio.Loop", [])
        }
        "asyncio.sleep" => args.get("result", 1).cloned().unwrap_or(Value::None),
        "asyncio.set_event_loop" | "anyio.sleep" => Value::None,
        "asyncio.iscoroutinefunction"
        | "inspect.iscoroutinefunction"
        | "inspect.isfunction"
        | "inspect.isclass"
        | "inspect.ismodule" => match args.positional.first() {
            Some(it) => inspected(machine, dotted, it),
            None => Value::Bool(false),
        },
        "inspect.getdoc" | "inspect.cleandoc" | "inspect.getfile" => {
            documented(machine, dotted, args.positional.first())?
        }
        "time.time" | "time.time_ns" | "time.monotonic" | "time.perf_counter" => {
            clock(machine, dotted)
        }
        _ => return Ok(None),
    }))
}

/// `importlib.import_module(name)`
fn imported<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let name = args.text("name", 0).unwrap_or_default();
    let scope = machine.modules.get(&machine.main).copied();
    match scope.filter(|_| !name.starts_with('.') && !name.is_empty()) {
        Some(scope) => import::module(machine, &name, scope),
        None => Ok(machine.unknown("an imported module")),
    }
}

/// `importlib.util.spec_from_file_location(name, path)`
fn spec<'a>(machine: &Machine<'a>, args: &Args<'a>) -> Value<'a> {
    let path = args.get("location", 1).and_then(path::text_of).unwrap_or_default();
    let origin = Value::Text(path);
    let loader = files::object(machine.at, "importlib.Loader", [("origin", origin.clone())]);
    files::object(machine.at, "importlib.Spec", [("origin", origin), ("loader", loader)])
}

/// Where `it` is defined, and what its docstring is.
fn documented<'a>(machine: &mut Machine<'a>, dotted: &str, it: Option<&Value<'a>>) -> Eval<'a> {
    let file = match it {
        Some(Value::Function(it)) => Some(it.file),
        Some(Value::Class(it)) => Some(it.file),
        _ => None,
    };
    match (dotted, file, it) {
        ("inspect.getfile", Some(file), _) => {
            Ok(Value::text(machine.absolute(machine.sources.path(file))))
        }
        ("inspect.getdoc", Some(_), Some(it)) => attribute::get(machine, it, "__doc__"),
        _ => Ok(machine.unknown(format!("the result of `{dotted}`"))),
    }
}

fn clock<'a>(machine: &Machine<'a>, dotted: &str) -> Value<'a> {
    match machine.settings.now {
        #[expect(clippy::cast_precision_loss, reason = "as Python does")]
        Some(now) if dotted == "time.time" => Value::Float(now.as_microsecond() as f64 / 1e6),
        Some(now) if dotted == "time.time_ns" => Value::Int(now.as_nanosecond()),
        _ => machine.unknown_with("the time", "give one by --now"),
    }
}

/// What `inspect` says of a value.
fn inspected<'a>(machine: &Machine<'a>, dotted: &str, it: &Value<'a>) -> Value<'a> {
    Value::Bool(match (dotted.rsplit('.').next().unwrap_or_default(), it) {
        (_, Value::Unknown(_)) => return it.clone(),
        (_, Value::Outside(_) | Value::Flow(_)) => {
            return machine.unknown("what something installed is");
        }
        ("iscoroutinefunction", Value::Function(it)) => {
            matches!(it.code, Code::Def(def) if def.is_async && !it.is_generator)
        }
        ("iscoroutinefunction", Value::Method(it)) => {
            return inspected(machine, dotted, &it.function);
        }
        ("isfunction", Value::Function(_))
        | ("isclass", Value::Class(_))
        | ("ismodule", Value::Module(_)) => true,
        _ => false,
    })
}

/// `pkgutil.iter_modules(__path__)`: the modules of a folder.
fn modules<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let given = args.get("path", 0).cloned().unwrap_or(Value::None);
    let mut out = Vec::new();
    for folder in items::of(machine, &given)?.unwrap_or_default().iter().filter_map(path::text_of) {
        for name in files::entries(machine, &folder) {
            let stem = name.strip_suffix(".py").filter(|it| *it != "__init__");
            let init = path::join(&path::join(&folder, &name), "__init__.py");
            let is_package = matches!(files::at(machine, &init), files::At::File(_));
            let Some(name) = stem.or_else(|| is_package.then_some(&*name)) else { continue };
            let fields = [("name", Value::text(name)), ("ispkg", Value::Bool(is_package))];
            out.push(files::object(machine.at, "pkgutil.ModuleInfo", fields));
        }
    }
    Ok(Value::list(out))
}

/// `importlib.util.module_from_spec(spec)`: the module of the bundle, run at once.
fn of_spec<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    match args.positional.first() {
        Some(Value::Object(it)) => load(machine, it),
        _ => Ok(machine.unknown("a module that is loaded by its path")),
    }
}

/// What a method of the loader of a spec gives.
pub(super) fn loaded<'a>(machine: &mut Machine<'a>, it: &Object<'a>, name: &str) -> Eval<'a> {
    match name {
        "load_module" => load(machine, it),
        // the module was run when it was made
        "exec_module" => Ok(Value::None),
        _ => Ok(machine.unknown(format!("the result of `{name}` of a loader"))),
    }
}

/// The module that lies at the origin of a spec.
fn load<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Eval<'a> {
    let origin = it.fields.borrow().get("origin").and_then(Value::as_text).cloned();
    let file = origin.and_then(|it| match files::at(machine, &it) {
        files::At::File(path) => machine.sources.find(path),
        _ => None,
    });
    match file {
        Some(id) => loading::loaded(machine, id),
        None => Ok(machine.unknown("a module that is loaded by its path")),
    }
}
