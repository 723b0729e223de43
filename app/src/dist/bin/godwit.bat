@echo off
rem Starts Godwit from an unpacked distribution: bin\godwit.bat beside lib\*.jar.
rem   JAVA_HOME         used if it is a JDK 25 or newer
rem   GODWIT_JAVA_OPTS  further options for the JVM
setlocal
set "LEAST=25"
set "FOUND="
set "LIB=%~dp0..\lib"

if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined FOUND for /f "delims=" %%j in ('where java 2^>nul') do if not defined FOUND call :try "%%~dpj.."
for %%p in (
  "%ProgramFiles%\Eclipse Adoptium"
  "%ProgramFiles%\Java"
  "%ProgramFiles%\Microsoft"
  "%ProgramFiles%\Zulu"
  "%ProgramFiles%\Amazon Corretto"
  "%ProgramFiles%\BellSoft"
  "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
  "%USERPROFILE%\.jdks"
) do if not defined FOUND if exist "%%~p" for /d %%d in ("%%~p\*") do if not defined FOUND call :try "%%~d"

if not defined FOUND (
  >&2 echo godwit: needs Java %LEAST% or newer and found none. Install a JDK %LEAST%, for instance Eclipse Temurin, https://adoptium.net, or set JAVA_HOME to one.
  exit /b 2
)

rem Classes as an earlier start left them (profile fast-start).
set "FAST="
if exist "%LIB%\godwit.aot" set FAST="-XX:AOTCache=%LIB%\godwit.aot" -Xlog:aot=off -Xlog:cds=off
"%FOUND%\bin\java.exe" %FAST% %GODWIT_JAVA_OPTS% -XX:+IgnoreUnrecognizedVMOptions -XX:-ClipInlining -XX:CompileCommand=quiet "-XX:CompileCommand=MaxNodeLimit,org.godwit.engine.jit.Quick*::run,1000" --enable-native-access=javafx.graphics,org.godwit.app --module-path "%LIB%" --module org.godwit.app/org.godwit.app.Main %*
exit /b %ERRORLEVEL%

rem Sets FOUND to folder %1 if its release file names a Java new enough.
:try
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "MAJOR="
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=.-+" %%m in ("%%~v") do set "MAJOR=%%m"
if not defined MAJOR exit /b 0
if %MAJOR% GEQ %LEAST% set "FOUND=%~1"
exit /b 0
